/** Lets a test hold handlers until it has seen them arrive. */

export interface Gate {
  /** Answers a handler's request: at once when the gate is open. */
  answer(url: URL): Promise<Response>;
  /** Resolves when so many requests have arrived in all; with the path of each. */
  arrivals(count: number): Promise<readonly string[]>;
  /** Lets everybody go on, those who come later as well. */
  open(): void;
}

export function createGate(): Gate {
  const { promise: opened, resolve: open } = Promise.withResolvers<void>();
  const paths: string[] = [];
  const watchers = new Set<() => void>();
  return {
    async answer(url) {
      paths.push(url.pathname);
      for (const watch of watchers) watch();
      await opened;
      return new Response("go on");
    },
    arrivals(count) {
      const { promise, resolve } = Promise.withResolvers<readonly string[]>();
      const watch = (): void => {
        if (paths.length < count) return;
        watchers.delete(watch);
        resolve(paths);
      };
      watchers.add(watch);
      watch();
      return promise;
    },
    open,
  };
}

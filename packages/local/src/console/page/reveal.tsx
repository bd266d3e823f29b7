/** A switch by which tokens, names and addresses are shown. */

interface RevealProps {
  readonly isRevealed: boolean;
  readonly onReveal: (isRevealed: boolean) => void;
}

/** The switch. */
export function Reveal({ isRevealed, onReveal }: RevealProps) {
  return (
    <label class="reveal">
      <input type="checkbox" checked={isRevealed} onChange={() => onReveal(!isRevealed)} /> Show
      tokens, names and e-mail addresses
    </label>
  );
}

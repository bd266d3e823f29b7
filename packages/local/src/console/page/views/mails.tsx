/** What Cognito and SNS would mail. */
import * as z from "zod/mini";
import { timeOfDay } from "../format.ts";
import { useState } from "../hooks.ts";
import { None } from "../none.tsx";
import { Paged } from "../paged.tsx";
import { Problem } from "../problem.tsx";
import { Reveal } from "../reveal.tsx";
import { listIn, useData } from "../use-data.ts";

const mailsSchema = z.object({
  mails: z.array(
    z.object({
      time: z.string(),
      from: z.string(),
      to: z.string(),
      subject: z.string(),
      text: z.string(),
      link: z.nullable(z.string()),
    }),
  ),
});

/** The mailbox, newest first. */
export function Mails() {
  const [isRevealed, setRevealed] = useState(false);
  const read = useData(`/mails?reveal=${isRevealed}`, mailsSchema);
  const mails = listIn(read, (data) => data.mails);
  return (
    <section aria-label="All mails">
      <p class="quiet">
        What Cognito and SNS would send by e-mail. <a href="/_local/mail">The mailbox</a> is a page
        of its own as well.
      </p>
      <Problem text={read.problem} />
      <Reveal isRevealed={isRevealed} onReveal={setRevealed} />
      <None
        of={mails}
        text="No mail yet. Create a user without a password: the invitation comes here."
      />
      <Paged items={mails ?? []} draw={drawMails} />
    </section>
  );
}

const drawMails = (mails: Readonly<z.infer<typeof mailsSchema>["mails"]>) =>
  mails.map(({ time, from, to, subject, text, link }, index) => (
    <article key={index} class="entry">
      <h2>{subject}</h2>
      <p class="quiet">
        {timeOfDay(time)}, from {from} to {to}
      </p>
      <pre>{text}</pre>
      {link === null ? null : <a href={link}>Confirm</a>}
    </article>
  ));

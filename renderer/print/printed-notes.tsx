import { useMarkdown } from '../reader/use-markdown.ts';
import type { PrintedNote, PrintedNotes } from '../state/printing-notes.ts';

/** Notes as they are printed: one after the other, under the days that they were written on. */
export function NotesSheet({ title, notes }: PrintedNotes) {
  return (
    <article className="printed-paper">
      <header>
        <h1 dir="auto">{title}</h1>
      </header>
      {notes.map((note, at) => (
        <Note key={note.id} note={note} day={note.day === notes[at - 1]?.day ? null : note.day} />
      ))}
    </article>
  );
}

function Note({ note: { title, text }, day }: { note: PrintedNote; day: string | null }) {
  const Markdown = useMarkdown(true);
  return (
    <>
      {day !== null && <h2 className="printed-day">{day}</h2>}
      <section className="printed-note">
        {title !== null && <h3 dir="auto">{title}</h3>}
        <div dir="auto">{Markdown ? <Markdown text={text} /> : <p className="printed-plain">{text}</p>}</div>
      </section>
    </>
  );
}

// A mark of mathematics, a command, or what a command of text is made of.
const marks = /[$\\~`]|--|&[#a-z0-9]{2,5};/;

/**
 * True for a text that LaTeX could be in: of any other, `piecesOf` shows nothing otherwise than it is stored, damage
 * aside. A quick look, so that what is plain need not wait for the code that reads LaTeX.
 */
export function hasLatex(source: string): boolean {
  return marks.test(source);
}

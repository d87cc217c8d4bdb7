/** Elements of MathML that a formula may consist of; see https://www.w3.org/TR/mathml-core/. None of them loads or runs anything. */
export const allowedElements: ReadonlySet<string> = new Set(
  (
    'mrow mi mo mn mtext mspace ms mfrac msqrt mroot mstyle mpadded mphantom msub msup msubsup munder mover ' +
    'munderover mmultiscripts mprescripts none mtable mtr mtd menclose'
  ).split(' '),
);

/** Attributes that a formula's elements may have, none of which is an address, a script, a style or a name. */
export const allowedAttributes: ReadonlySet<string> = new Set(
  (
    'displaystyle scriptlevel mathvariant stretchy fence separator form lspace rspace largeop movablelimits symmetric ' +
    'minsize maxsize accent accentunder linethickness width height depth voffset notation columnalign rowspacing ' +
    'columnspacing columnlines rowlines rowspan columnspan'
  ).split(' '),
);

/** What the value of any of them looks like: a word, a length, or several. */
export const allowedValue = /^[a-zA-Z0-9.%+\- ]{1,60}$/;

/** Classes that `mathematics.css` gives a meaning. */
export const allowedClasses: ReadonlySet<string> = new Set(
  (
    'tml-left tml-right tml-jot tml-small tml-prime tml-vec tml-overline tml-underline tml-cancel tml-xcancel ' +
    'tml-fbox upstrike downstrike sout circle-pad textcircle actuarial longdiv-top longdiv-arc phasor-bottom ' +
    'phasor-angle menclose mathscr tml-sml-pad tml-med-pad tml-lrg-pad chr-sml chr-med chr-lrg chr-sml-vec ' +
    'chr-med-vec chr-lrg-vec tml-tilde-2 tml-tilde-3 tml-tilde-4 tml-hat-1 tml-hat-2 tml-hat-3 tml-hat-4'
  ).split(' '),
);

/** Properties that say where a part of a formula stands; none takes it out of the formula. */
export const allowedStyles: ReadonlySet<string> = new Set(
  (
    'padding paddingLeft paddingRight paddingTop paddingBottom border borderTop borderRight borderBottom borderLeft ' +
    'textAlign width height marginLeft mathDepth justifyContent'
  ).split(' '),
);

/** What the value of any of them looks like. */
export const allowedStyleValue = /^[a-z0-9.%+\- ]{1,60}$/;

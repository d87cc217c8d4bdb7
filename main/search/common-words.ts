/**
 * English words that say nothing of what a paper is about: those that hold sentences together, and what abstracts of
 * every field say of themselves ("we propose a novel method … extensive experiments show"). A large library
 * tells them by how many of its papers have them; in one of fifty papers, half of them look telling.
 */
const words = `
  a about above across after again against al all almost already also although always am among an and another any are as
  at away be because been before being below between both but by came can cannot come could did do does doing done down
  during each e either eg else enough especially et etc even ever every few for from further furthermore g get given gives
  go had has have having he hence her here his how however i ie if in indeed instead into is it its itself just largely
  least less let like likely ll made mainly make makes making many may me might more moreover most mostly much must my
  namely near nearly need needs neither never nevertheless next no none nor not now of off often on once one ones only
  onto or other others otherwise our out over own per perhaps possible quite rather re s same say see seem seen she
  should since so some sometimes soon still such t than that the their them themselves then there thereby therefore
  these they this those though through throughout thus to together too towards toward under until unlike up upon us use
  used useful uses using usually ve very via was way ways we well were what when where whereas whether which while who
  whole whose why widely will with within without would yet you your
  able according achieve achieved achieves achieving address addresses addressing aim aims allow allowing allows
  analysis analyze and approach approaches article available based baseline baselines benchmark benchmarks benefit best
  better called capabilities capability capable case cases challenge challenges challenging common commonly
  compare compared comparable comparison competitive complex comprehensive conduct conducted consider consists contribute
  contribution contributions could crucial current currently data dataset datasets deal demonstrate demonstrated
  demonstrates demonstrating describe design designed develop developed development different difficult discuss
  effective effectively effectiveness effort efforts emerge emerged emerging empirical empirically employ enable
  enables enabling enhance enhanced enhances ensure evaluate evaluated evaluation existing experiment experimental
  experiments explore explored extensive facilitate finally find finding findings finds first five focus
  focuses following found four framework fully future gain gained gains general generally github good great greatly
  growing help helps high higher highlight highly https http hundred idea identify impact implement implementation
  important improve improved improvement improvements improves improving include includes including increase increased
  increasing increasingly insight insights interesting introduce introduced introduces introducing investigate
  investigated issue issues key known lack large larger largest latest lead leading leads leverage leveraging leverages
  limit limitation limitations limited low lower main major manner method methods model models multiple natural new
  newly novel number numerous observe obtain obtained obtaining offer offers open outperform outperforming
  outperforms paper papers particular particularly perform performance performing performs potential potentially
  powerful practical present presented presents previous previously prior problem problems progress promising propose
  proposed proposes prove proven provide provided provides providing publicly quality range real recent recently
  reduce reduced reduces reducing related release released relevant reliable rely remain remains require required
  requires research researchers respectively result results reveal reveals robust scenario scenarios second set sets
  setting settings several show showed showing shown shows significant significantly similar simple simply single six
  small solution solutions solve sota standard state states strategies strategy studied studies study
  studying substantial substantially success successful suffer suggest suggests superior tackle task
  tasks technique techniques test thorough three time times towards train trained training two typical typically
  understand understanding understood unique utilize utilized utilizes utilizing validate various verify version wide
  work works world year years art
  specific specifically ability abilities amount amounts application applications certain become becomes becoming
  combine combined combines combining surprising surprisingly term terms exciting extra fail fails feasible fewer
  hinder hinders huge importantly inherent instance instances introduction involve involves lots massive necessary
  notable notably overcome part parts point points primarily primary property properties pose poses popular principled
  recommended rely relies resulting rise role similarly strength strengths strict suitable sufficient superiority
  surpass surpassed surpasses surpassing topic total traditional uses variant variants variety various view views`;

/** See above; in lower case. */
export const commonWords: ReadonlySet<string> = new Set(words.trim().split(/\s+/));

/** LaTeX of the kinds that titles and abstracts hold, one fragment a line, under headings; written for the purpose. */
const written = String.raw`
# Letters, digits, sub- and superscripts
x
n
3
0.95
-1
x_1
x_i^2
x^{2n+1}
L_2
\ell_1
\ell_\infty
a_{ij}
x_{t+1}
x_{t}^{(k)}
W^{(l)}
\theta_{t+1}=\theta_t-\eta\nabla L(\theta_t)
e^{-x^2}
2^{2^n}
10^{-3}
10^5
1.5\times10^{-4}
64\times64
3\times 3
x_{i_j}
x_{i_{j_k}}
{}^{13}C
^{13}\mathrm{C}
_2^3x
x'
x''
x'''
f'(x)
f''_n(x)
f'^2
y^\prime
x^{\prime\prime}
x^*
x^\ast
x^\dagger
A^\top
A^T
A^{-1}
M^{\mathsf{T}}
\bar{x}
n-1
n+1
k-
+
1/2
O(n)
O(n^2)
O(n\log n)
\mathcal{O}(n \log n)
\tilde{O}(\sqrt{T})
\widetilde{\mathcal{O}}(d\sqrt{T})
\Omega(n)
\Theta(n^{2})
o(1)
# Greek
\alpha
\beta_1=0.9
\gamma\in(0,1)
\delta
\epsilon
\varepsilon
\zeta
\eta
\theta
\vartheta
\iota\kappa
\lambda
\mu
\nu
\xi
\pi
\varpi
\rho
\varrho
\sigma^2
\varsigma
\tau
\upsilon
\phi
\varphi
\chi^2
\psi
\omega
\Gamma
\Delta
\Theta
\Lambda\mathrm{CDM}
\Xi
\Pi
\Sigma
\Upsilon
\Phi
\Psi
\Omega
\varGamma
\digamma
\boldsymbol{\theta}
\bm{\mu}
\pmb{\alpha}
# Relations and binary operators
a=b
a\neq b
a\ne b
p<0.05
p>0.5
p \leq 0.01
x\le y
x\geq y
x \ge y
x\leqslant y
x\geqslant y
m\gg n
a\ll b
a\approx b
a\sim b
a\simeq b
a\cong b
a\equiv b \pmod{n}
a \equiv b \bmod n
a\propto b
a\doteq b
a\asymp b
x:=y
x\coloneqq y
x\triangleq y
x\stackrel{\text{def}}{=}y
x\overset{d}{=}y
\underset{x}{\max}
a\prec b
a\preceq b
a\succ b
a\lesssim b
a\gtrsim b
a\mid b
a\nmid b
a\parallel b
a\perp b
a\not\perp b
X \perp\!\!\!\perp Y
a\vdash b
a\models b
a\pm b
0.45\pm0.15
a\mp b
a\times b
a\cdot b
a\div b
a\ast b
a\star b
a\circ b
a\bullet b
a\oplus b
a\otimes b
a\odot b
a\ominus b
a\wedge b
a\vee b
a\land b
a\lor b
\neg a
\lnot a
a\cup b
a\cap b
a\setminus b
a\sqcup b
a\uplus b
a\rtimes b
a\bowtie b
A\subset B
A\subseteq B
A\subsetneq B
A\supset B
A\supseteq B
A\sqsubseteq B
x\in A
x\notin A
A\ni x
# Arrows
f:X\to Y
f\colon X\rightarrow Y
x\mapsto x^2
x\longmapsto y
A\Rightarrow B
A\implies B
A\iff B
A\Leftrightarrow B
a\leftarrow b
a\leftrightarrow b
A\hookrightarrow B
A\twoheadrightarrow B
a\uparrow
a\downarrow
\nearrow
a\longrightarrow b
A\xrightarrow{f}B
A\xleftarrow[g]{f}B
A\rightharpoonup B
A\rightleftharpoons B
a\leadsto b
\vec{AB}
\overrightarrow{AB}
\overleftarrow{AB}
A\xRightarrow{x}B
# Sums, integrals, limits
\sum_{i=1}^n x_i
\sum_{i} x_i
\sum\limits_{i=1}^{n} i
\prod_{k=1}^K p_k
\int_0^1 f(x)\,dx
\int_{-\infty}^{\infty} e^{-x^2}\,\mathrm{d}x=\sqrt{\pi}
\iint_D f\,dA
\iiint_V f\,dV
\oint_C F\cdot dr
\lim_{n\to\infty}a_n
\limsup_{n}a_n
\liminf_{n}a_n
\sup_{x\in X}f(x)
\inf_{x}f(x)
\max_{\theta}\mathbb{E}[R]
\min_{x\in\mathbb{R}^d}f(x)
\bigcup_{i}A_i
\bigcap_{i=1}^{\infty}A_i
\bigoplus_i V_i
\bigotimes_{i=1}^n V_i
\bigwedge_i p_i
\coprod_i X_i
\sum_{\substack{i<n\\j<m}} a_{ij}
\sum_{\begin{subarray}{l}i\in A\\j\in B\end{subarray}}x
\arg\max_x f(x)
\argmax_{x} f(x)
\argmin_{\theta}\mathcal{L}(\theta)
\operatorname{argmax}_x f(x)
\operatorname*{arg\,min}_{x} f(x)
\mathop{\mathrm{arg\,max}}_x f
\underset{\theta}{\operatorname{argmin}}\;\mathcal{L}(\theta)
\DeclareMathOperator{\tr}{tr}\tr(A)
# Named functions
\log n
\ln x
\log_2 n
\log\log n
\exp(-x)
\sin\theta
\cos^2\theta+\sin^2\theta=1
\tan x
\tanh(x)
\arctan x
\det(A)
\dim V
\ker f
\gcd(a,b)
\deg p
\Pr[X>t]
\Pr(A\mid B)
\hom(A,B)
\operatorname{rank}(A)
\operatorname{Tr}\rho
\mathrm{ReLU}(x)
\mathrm{softmax}(QK^\top/\sqrt{d_k})V
\text{softmax}(x)
\mathrm{KL}(p\,\|\,q)
D_{\mathrm{KL}}(P \parallel Q)
\mathbb{E}_{x\sim p}[f(x)]
\mathbb{E}\left[\|x\|^2\right]
\mathrm{Var}(X)
\text{Cov}(X,Y)
\mathbb{P}(X\le x)
\mathbf{1}_{x>0}
\mathbbm{1}[x>0]
\mathds{1}
\nabla f
\nabla_\theta J(\theta)
\nabla^2 f
\Delta u
\partial_x u
\frac{\partial f}{\partial x}
\frac{\mathrm{d}y}{\mathrm{d}x}
\partial\Omega
\Re(z)
\Im z
\hbar
\imath\jmath
\infty
\emptyset
\varnothing
\forall x\,\exists y
\nexists x
\therefore a
\aleph_0
\wp
\complement
\angle ABC
90^\circ
\degree
\square
\blacksquare
\checkmark
\dagger
\S
# Fractions, roots, binomials
\frac{1}{2}
\frac12
\frac ab
\dfrac{a}{b}
\tfrac{1}{2}
\cfrac{1}{1+\cfrac{1}{x}}
\frac{1}{1+\frac{1}{x}}
\sqrt{2}
\sqrt 2
\sqrt[3]{x}
\sqrt{\frac{\log n}{n}}
\frac{\sqrt{a}}{b}
\binom{n}{k}
\dbinom{n}{k}
{n \choose k}
{a \over b}
{a \atop b}
\genfrac{(}{)}{0pt}{}{n}{k}
\nicefrac{1}{2}
\sfrac{1}{2}
a/b
# Accents and lines
\hat{x}
\hat x
\widehat{xyz}
\tilde{x}
\widetilde{abc}
\overline{AB}
\underline{x}
\vec{v}
\dot{x}
\ddot{x}
\dddot{x}
\check{x}
\breve{x}
\acute{x}
\grave{x}
\mathring{A}
\hat{\mathbf{x}}
\bar{\hat{x}}
\overbrace{a+b}^{n}
\underbrace{a+\cdots+a}_{n\text{ times}}
\cancel{x}
\boxed{x}
\not=
\not\in
\overset{\circ}{A}
\stackrel{d}{\to}
# Fonts
\mathbb{R}
\mathbb{R}^{n\times m}
\mathbb R^d
\mathbb{Z}/n\mathbb{Z}
\mathbb{N}
\mathbb{C}
\mathbb{Q}
\mathbb{F}_2
\mathbb{S}^{d-1}
\mathcal{L}
\mathcal{N}(\mu,\sigma^2)
\mathcal{N}(0,I)
\mathcal O(1)
\mathcal{H}_0
\mathfrak{g}
\mathfrak{sl}_2
\mathscr{F}
\mathbf{x}
\mathbf{A}\mathbf{x}=\mathbf{b}
{\bf x}
{\cal L}
{\rm const}
{\mathbf x}
\rm x
\mathrm{d}x
\mathit{diff}
\mathsf{NP}
\mathsf{P}\neq\mathsf{NP}
\mathtt{code}
\textbf{x}
\textit{abc}
\textrm{max}
\texttt{cot}
\textsc{Sat}
\text{if } x>0
\text{for all $x$ in } A
x\text{ with $y_1$ and $y_2$}
\mbox{otherwise}
\hbox{ab}
\text{50\% of}
\text{caf\'e}
\emph{x}
\small x
\displaystyle\sum_i x_i
\textstyle\sum_i x_i
# Brackets
(x)
[0,1]
[0,1)
\{0,1\}
\{0,1\}^n
\{x : x>0\}
\{x \mid x>0\}
\left(\frac{a}{b}\right)
\left[\frac{a}{b}\right]
\left\{x \,\middle|\, x>0\right\}
\left.\frac{dy}{dx}\right|_{x=0}
\bigl(x\bigr)
\Big(x\Big)
\bigg[\frac{a}{b}\bigg]
\Biggl\{x\Biggr\}
\big|x\big|
|x|
\|x\|
\|x\|_2
\lVert x\rVert_2
\lvert x\rvert
\left\|x\right\|_F^2
\left\lVert x\right\rVert
\norm{x}
\abs{x}
\langle x,y\rangle
\left\langle x,y\right\rangle
\lfloor x\rfloor
\lceil x\rceil
\left\lfloor\frac{n}{2}\right\rfloor
\left( x
x \right)
(a,b]
# Bra and ket, physics, chemistry, units
|\psi\rangle
\langle\psi|
\langle\psi|\phi\rangle
\langle\phi|H|\psi\rangle
\ket{\psi}
\bra{\psi}
\braket{\phi|\psi}
\ket{0}+\ket{1}
\ketbra{0}{1}
\rho=|\psi\rangle\!\langle\psi|
\hat{H}\psi=E\psi
[A,B]
\{A,B\}
\mathrm{H_2O}
\mathrm{CO}_2
\rm H_2O
\mathrm{Fe^{3+}}
\ce{H2O}
\ce{CO2}
\ce{2H2 + O2 -> 2H2O}
\ce{SO4^2-}
^{12}\mathrm{C}
\mathrm{SU}(2)
SU(3)\times SU(2)\times U(1)
\mathrm{SO}(3)
SE(3)
\gamma\gamma\to\mu^+\mu^-
e^+e^-
B^0\to K^{*0}\mu^+\mu^-
\bar{\nu}_e
\Lambda_{\rm QCD}
M_\odot
10^{12}\,M_\odot
z\sim 6
\gtrsim 10
H_0=70\,\mathrm{km\,s^{-1}\,Mpc^{-1}}
\SI{5}{\kilo\meter}
\SI{3.0}{\metre\per\second}
\num{1e5}
\si{\giga\hertz}
\qty{10}{\micro\metre}
\unit{\kilogram}
5\,\mathrm{GeV}
5~\text{GeV}
100\,\mu\mathrm{m}
10\mu m
\AA
1.2\,\text{\AA}
\sim5\%
95%
99.9\%
\approx 10\%
\$5
\#P
\text{\#SAT}
A\&B
a\_b
x_{\text{max}}
x_{max}
x_{\rm min}
# Matrices, cases, alignment
\begin{matrix}a&b\\c&d\end{matrix}
\begin{pmatrix}a&b\\c&d\end{pmatrix}
\begin{bmatrix}1&0\\0&1\end{bmatrix}
\begin{vmatrix}a&b\\c&d\end{vmatrix}
\begin{Vmatrix}a\\b\end{Vmatrix}
\begin{Bmatrix}a&b\end{Bmatrix}
\begin{smallmatrix}a&b\\c&d\end{smallmatrix}
\left(\begin{smallmatrix}a&b\\c&d\end{smallmatrix}\right)
\begin{pmatrix}a_{11}&\cdots&a_{1n}\\\vdots&\ddots&\vdots\\a_{n1}&\cdots&a_{nn}\end{pmatrix}
\begin{array}{cc}a&b\\c&d\end{array}
\begin{array}{l|r}a&b\\\hline c&d\end{array}
f(x)=\begin{cases}1&x>0\\0&\text{otherwise}\end{cases}
f(x)=\begin{cases}1 & \text{if $x>0$}\\0 & \text{else}\end{cases}
\begin{dcases}\frac{a}{b}\\c\end{dcases}
\begin{aligned}a&=b\\c&=d\end{aligned}
\begin{align}a&=b\\c&=d\end{align}
\begin{align*}a&=b+c\\&=d\end{align*}
\begin{equation}E=mc^2\end{equation}
\begin{equation*}E=mc^2\end{equation*}
\begin{gather}a=b\\c=d\end{gather}
\begin{gathered}a\\b\end{gathered}
\begin{split}a&=b\\&=c\end{split}
\begin{multline}a\\+b\end{multline}
\begin{eqnarray}a&=&b\\c&=&d\end{eqnarray}
\begin{eqnarray*}a&=&b\end{eqnarray*}
\begin{alignat}{2}a&=b&\quad c&=d\end{alignat}
\begin{flalign}a&=b\end{flalign}
a\\b
\begin{CD}A@>f>>B\\@VVV@VVV\\C@>g>>D\end{CD}
\substack{a\\b}
E=mc^2 \tag{1}
E=mc^2 \label{eq:e}
a=b \nonumber
\begin{align}a&=b\label{a}\\c&=d\notag\end{align}
\eqref{eq:1}
# Spaces, dots, punctuation
a\,b
a\;b
a\:b
a\!b
a\ b
a~b
a\quad b
a\qquad b
a\hspace{1em}b
a\mskip 3mu b
a,\ldots,b
a,\dots,z
a\cdots b
a+\dotsb+b
\vdots
\ddots
a_1,a_2,\dotsc
1,000
1{,}000
3.14
n!
a:b
a;b
"x"
x?
a\phantom{b}c
\vphantom{x}y
\smash{x}
\mathstrut x
{x}
{{x}}
x{}y
\relax x
\limits
# What abstracts say
\epsilon\text{-greedy}
k\text{-NN}
(\epsilon,\delta)
(\varepsilon,\delta)\text{-DP}
\mathcal{O}(1/\sqrt{T})
\tilde{\mathcal{O}}(H^2\sqrt{SAT})
\Omega(\sqrt{d/n})
O\left(n^{2/3}\right)
2^{\Omega(n)}
n^{O(1)}
n^{1+o(1)}
(1+\epsilon)
(1-1/e)
1-\frac{1}{e}
\{\pm1\}^n
x\in\{0,1\}^{n}
f:\{0,1\}^n\to\{0,1\}
f:\mathbb{R}^d\rightarrow\mathbb{R}
\mathbb{R}_{\geq 0}
\mathbb{R}_+
p(x|z)
p(y\mid x)
p_\theta(x_{1:T})
q(z|x)
x\sim\mathcal{N}(0,\mathbf{I})
X_1,\ldots,X_n
\{x_i\}_{i=1}^{n}
\{(x_i,y_i)\}_{i=1}^{N}
\theta^{*}=\arg\min_\theta L(\theta)
\mathcal{L}=\mathcal{L}_{\text{CE}}+\lambda\mathcal{L}_{\text{KL}}
\frac{1}{N}\sum_{i=1}^N \ell(f(x_i),y_i)
W_2
H^1(\Omega)
L^p
C^\infty
C^{1,\alpha}
W^{k,p}
\ell^2(\mathbb{Z})
\mathrm{GL}_n(\mathbb{C})
\mathrm{Spec}\,R
\mathrm{Hom}(A,B)
\pi_1(X)
H^*(X;\mathbb{Z})
\overline{\mathcal{M}}_{g,n}
\mathbb{P}^1
\mathbb{A}^n
\zeta(s)=\sum_{n=1}^\infty n^{-s}
\zeta(1/2+it)
\sigma(Wx+b)
h_t=\tanh(W_hh_{t-1}+W_xx_t)
\text{Attention}(Q,K,V)=\text{softmax}\left(\frac{QK^T}{\sqrt{d_k}}\right)V
R^2=0.93
r=0.87,\ p<0.001
\kappa=0.8
F_1
F_1\text{-score}
\text{pass}@k
pass@1
@k
\text{AUC}=0.91
\times
2\times
\sim 2\times
10\times
\sim
>90\%
<1\%
\ge 3
\pm 2
1:1
3D
\uparrow
\mathcal{X}\times\mathcal{Y}
P=NP
\#\mathsf{P}
\mathsf{AC}^0
\mathsf{BQP}
\lambda_{\max}(A)
\lambda_\text{max}
\sigma_{\min}
T_{\rm c}
T_\mathrm{c}
v_\mathrm{rms}
k_BT
k_{\mathrm{B}}T
\hbar\omega
\alpha_s(M_Z)
\sqrt{s}=13\,\text{TeV}
pp
p\bar{p}
J/\psi
q\bar q
\mathrm{Bi_2Se_3}
\mathrm{La}_{2-x}\mathrm{Sr}_x\mathrm{CuO}_4
d_{x^2-y^2}
\Gamma_{12}
U(1)_{B-L}
T\bar{T}
AdS_5\times S^5
\mathcal{N}=4
\beta\beta_{0\nu}
\textstyle\frac{1}{2}
\text{d}t
\eta=\SI{50}{\percent}
`;

/** Fragments of LaTeX to be set: what one finds between the dollars of abstracts. */
export const fragments: readonly string[] = written.split('\n').filter((line) => line !== '' && !line.startsWith('# '));

@echo off
rem offprint in a terminal: its commands without a window, and anything else in the window. A batch file is what makes
rem the terminal wait for the program, which Windows knows as one with windows.
setlocal DisableDelayedExpansion
set "program=%~dp0..\..\Offprint.exe"
set "word=%~1"
if "%word%"=="--data-dir" set "word=%~3"
if "%word%"=="open" goto open
rem The commands are those of main/cli/command-names.ts.
for %%c in (list explain views view show related cite status star unstar tag untag note notes generations import export backup restore sources duplicates merge undo redo doctor serve help --help -h --version) do if "%word%"=="%%c" goto command
:open
start "" "%program%" %*
exit /b 0
:command
"%program%" --command-line -- %*
exit /b %errorlevel%

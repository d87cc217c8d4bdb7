; What the installer tells Windows beside what electron-builder's own script does, for this user only, and what the
; uninstaller takes back. Offprint offers itself for .bib and .ris (Open with, Settings > Default apps) and leaves
; them to whatever opens them today; electron-builder's own associations would take them over.

; What comes after -- is a file or a link and never a switch.
!macro offprintClass NAME TITLE
  WriteRegStr SHELL_CONTEXT "Software\Classes\${NAME}" "" "${TITLE}"
  WriteRegStr SHELL_CONTEXT "Software\Classes\${NAME}\DefaultIcon" "" "$INSTDIR\${APP_EXECUTABLE_FILENAME},0"
  WriteRegStr SHELL_CONTEXT "Software\Classes\${NAME}\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" -- "%1"'
!macroend

!macro customInstall
  !insertmacro offprintClass "Offprint.Backup" "Offprint backup"
  !insertmacro offprintClass "Offprint.BibTeX" "BibTeX references"
  !insertmacro offprintClass "Offprint.RIS" "RIS references"
  WriteRegStr SHELL_CONTEXT "Software\Classes\.offprint" "" "Offprint.Backup"
  WriteRegNone SHELL_CONTEXT "Software\Classes\.offprint\OpenWithProgids" "Offprint.Backup"
  WriteRegNone SHELL_CONTEXT "Software\Classes\.bib\OpenWithProgids" "Offprint.BibTeX"
  WriteRegNone SHELL_CONTEXT "Software\Classes\.ris\OpenWithProgids" "Offprint.RIS"

  !insertmacro offprintClass "offprint" "URL:Offprint"
  WriteRegStr SHELL_CONTEXT "Software\Classes\offprint" "URL Protocol" ""

  WriteRegStr SHELL_CONTEXT "Software\Offprint\Capabilities" "ApplicationName" "${PRODUCT_NAME}"
  WriteRegStr SHELL_CONTEXT "Software\Offprint\Capabilities" "ApplicationDescription" "${APP_DESCRIPTION}"
  WriteRegStr SHELL_CONTEXT "Software\Offprint\Capabilities\FileAssociations" ".offprint" "Offprint.Backup"
  WriteRegStr SHELL_CONTEXT "Software\Offprint\Capabilities\FileAssociations" ".bib" "Offprint.BibTeX"
  WriteRegStr SHELL_CONTEXT "Software\Offprint\Capabilities\FileAssociations" ".ris" "Offprint.RIS"
  WriteRegStr SHELL_CONTEXT "Software\Offprint\Capabilities\URLAssociations" "offprint" "offprint"
  WriteRegStr SHELL_CONTEXT "Software\RegisteredApplications" "Offprint" "Software\Offprint\Capabilities"

  ; SHChangeNotify(SHCNE_ASSOCCHANGED, SHCNF_FLUSH): Explorer looks again.
  System::Call "shell32::SHChangeNotify(i,i,i,i) (0x08000000, 0x1000, 0, 0)"
!macroend

!macro customUnInstall
  ; An update uninstalls what it replaces, and then installs.
  ${ifNot} ${isUpdated}
    DeleteRegValue SHELL_CONTEXT "Software\RegisteredApplications" "Offprint"
    DeleteRegKey SHELL_CONTEXT "Software\Offprint"
    DeleteRegKey SHELL_CONTEXT "Software\Classes\offprint"
    DeleteRegKey SHELL_CONTEXT "Software\Classes\.offprint"
    DeleteRegValue SHELL_CONTEXT "Software\Classes\.bib\OpenWithProgids" "Offprint.BibTeX"
    DeleteRegValue SHELL_CONTEXT "Software\Classes\.ris\OpenWithProgids" "Offprint.RIS"
    DeleteRegKey SHELL_CONTEXT "Software\Classes\Offprint.Backup"
    DeleteRegKey SHELL_CONTEXT "Software\Classes\Offprint.BibTeX"
    DeleteRegKey SHELL_CONTEXT "Software\Classes\Offprint.RIS"
    System::Call "shell32::SHChangeNotify(i,i,i,i) (0x08000000, 0x1000, 0, 0)"
  ${endIf}
!macroend

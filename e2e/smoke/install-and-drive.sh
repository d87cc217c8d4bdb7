#!/usr/bin/env bash
# Installs what `npm run dist` left in release/ the way a person would, as far as this system can, and drives each.
# Only for machines that are thrown away afterwards.
set -euo pipefail
cd "$(dirname "$0")/../.."
shopt -s nullglob

node=node_modules/node/bin/node
drive() {
  echo "── driving $1"
  # shellcheck disable=SC2086 # a command with its option, or nothing; the bash of macOS knows no empty list
  $display "$node" --disable-warning=ExperimentalWarning e2e/smoke/run.ts "$1" "$2"
}
# Ubuntu keeps user namespaces from programs without a profile: 1 does, 0 does not. Other systems know no such thing.
withhold() {
  if [ -e /proc/sys/kernel/apparmor_restrict_unprivileged_userns ]; then
    sudo sysctl --write "kernel.apparmor_restrict_unprivileged_userns=$1"
  fi
}
display=
driven=0

case "$(uname -s)" in
  Linux)
    display='xvfb-run --auto-servernum'
    for package in release/*.deb; do
      sudo apt-get install --yes "./$package"
      # As the system is by itself: the package brings what it wants.
      withhold 1
      drive /opt/Offprint/offprint /usr/bin/offprint
      withhold 0
      sudo apt-get purge --yes offprint
      test ! -e /usr/bin/offprint
      driven=$((driven + 1))
    done
    for image in release/*.AppImage; do
      chmod +x "$image"
      drive "$PWD/$image" "$PWD/$image"
      driven=$((driven + 1))
    done
    for archive in release/*.tar.gz; do
      folder=$(mktemp -d)
      tar --extract --gzip --file "$archive" --directory "$folder" --strip-components 1
      drive "$folder/offprint" "$folder/resources/bin/offprint"
      driven=$((driven + 1))
    done
    for package in release/*.rpm; do
      rpm --query --package --list "$package" > /dev/null
    done
    ;;
  Darwin)
    # The one for this machine's processor; the other is made by the same run.
    for image in release/*"$(uname -m | sed s/x86_64/x64/)".dmg; do
      mount=$(mktemp -d)
      hdiutil attach "$image" -nobrowse -readonly -mountpoint "$mount"
      applications=$(mktemp -d)
      cp -R "$mount/Offprint.app" "$applications"
      hdiutil detach "$mount"
      codesign --verify --deep --strict "$applications/Offprint.app"
      drive "$applications/Offprint.app/Contents/MacOS/Offprint" "$applications/Offprint.app/Contents/Resources/bin/offprint"
      driven=$((driven + 1))
    done
    ;;
  MINGW* | MSYS* | CYGWIN*)
    node=node_modules/node/bin/node.exe
    installed="$LOCALAPPDATA/Programs/offprint"
    for installer in release/*x64*.exe; do
      "$installer" //S
      drive "$installed/Offprint.exe" "$installed/resources/bin/offprint.cmd"
      "$installed/Uninstall Offprint.exe" //S //currentuser
      driven=$((driven + 1))
    done
    ;;
esac

if [ "$driven" -eq 0 ]; then
  echo "There was nothing in release/ that this system can install." >&2
  exit 1
fi
echo "$driven installed and driven"

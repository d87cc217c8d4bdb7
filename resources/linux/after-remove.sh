#!/bin/sh
# Run by dpkg and rpm after the files are gone. Both run it for the old version when a newer one has come, too, rpm after
# that one has been set up: then nothing is taken away. What a person has written is never touched.
set -e
root="$DPKG_ROOT"
case "$1" in
  remove | purge | 0) ;;
  *) exit 0 ;;
esac

profile="$root/etc/apparmor.d/offprint"
if [ -f "$profile" ]; then
  if [ -z "$root" ] && [ -d /sys/kernel/security/apparmor ] && command -v apparmor_parser > /dev/null 2>&1 &&
    ! ischroot 2> /dev/null; then
    apparmor_parser --remove "$profile" || true
  fi
  rm -f "$profile"
fi

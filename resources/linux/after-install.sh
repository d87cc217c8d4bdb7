#!/bin/sh
# Run by dpkg and rpm after the files are in place; both look for new icons, types and desktop files by themselves.
# DPKG_ROOT is dpkg's, and empty when the system itself is installed to.
set -e
root="$DPKG_ROOT"

# Chromium's sandbox goes by user namespaces; where the system withholds them, it needs this helper to be root's.
chmod 4755 "$root/opt/Offprint/chrome-sandbox"

# Ubuntu since 24.04 withholds user namespaces from programs without a profile. Older AppArmor does not know this kind
# of profile, and does not need it.
source="$root/opt/Offprint/resources/apparmor-profile"
target="$root/etc/apparmor.d/offprint"
if [ -d "$root/etc/apparmor.d" ] && command -v apparmor_parser > /dev/null 2>&1; then
  if apparmor_parser --skip-kernel-load --debug "$source" > /dev/null 2>&1; then
    cp -f "$source" "$target"
    chmod 0644 "$target"
    # In a folder that becomes a system later, there is no kernel to tell.
    if [ -z "$root" ] && [ -d /sys/kernel/security/apparmor ] && ! ischroot 2> /dev/null; then
      apparmor_parser --replace --write-cache --skip-read-cache "$target" || true
    fi
  fi
fi

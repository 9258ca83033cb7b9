# Sourced by mvnw and precordia: sets JAVA_HOME to a JDK >= 25 or exits with one line that says how to get one.
# Looked at, in this order: JAVA_HOME, the java on the PATH, the usual install places.
jdk_major() {
  [ -x "$1/bin/javac" ] || { echo 0; return; }
  v=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null)
  echo "${v:-0}"
}
find_jdk() {
  on_path=$(command -v java 2>/dev/null || true)
  [ -z "$on_path" ] || on_path=$(readlink -f "$on_path" 2>/dev/null || echo "$on_path")
  for home in "${JAVA_HOME:-}" "${on_path%/bin/java}" /usr/lib/jvm/* /opt/java/* /opt/jdk* /usr/local/jdk* \
    "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$home" ] && [ -d "$home" ] || continue
    if [ "$(jdk_major "$home")" -ge 25 ]; then JAVA_HOME=$home; export JAVA_HOME; return 0; fi
  done
  echo "precordia: no JDK 25 or newer found in JAVA_HOME, the PATH or /usr/lib/jvm; install one (for example Temurin 25 from adoptium.net) or set JAVA_HOME to it" >&2
  return 1
}

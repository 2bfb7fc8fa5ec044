# What bench/run and bench/soak share: finding a JDK and the server, starting and ending processes. Sourced by them, with
# $here, $root and $work set.

pids=()
finish() {
  local pid
  trap - EXIT
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${pids[@]}"; do
    for _ in {1..100}; do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
    kill -9 "$pid" 2>/dev/null || true
  done
}
trap finish EXIT
trap 'exit 130' INT TERM HUP

die() { echo "bench: $*" >&2; exit 1; }
say() { echo "bench: $*" >&2; }

# --- what it takes ---------------------------------------------------------------------------------------------------
jdk_version() { sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null; }

find_jdk() {
  local home best='' newest=20
  if [[ -n ${JAVA_HOME:-} ]] && (($(jdk_version "$JAVA_HOME" || true) + 0 >= 21)); then echo "$JAVA_HOME"; return; fi
  for home in /usr/lib/jvm/*; do
    if (($(jdk_version "$home" || true) + 0 > newest)); then best=$home newest=$(jdk_version "$home"); fi
  done
  echo "$best"
}

find_payara() {
  local version=$1 found
  found=${BENCH_PAYARA:-$HOME/.m2/repository/fish/payara/extras/payara-micro/$version/payara-micro-$version.jar}
  if [[ ! -f $found ]]; then
    found=$work/payara-micro-$version.jar
    [[ -f $found ]] || "$root/mvnw" -q -f "$root/pom.xml" dependency:copy \
      -Dartifact="fish.payara.extras:payara-micro:$version" -DoutputDirectory="$work" >&2
  fi
  echo "$found"
}

# What the pom's payara-micro plugin passes to JVM and server, one argument a line, so that what is measured is what
# "./mvnw payara-micro:start" starts.
pom_options() {
  sed -n "/<artifactId>payara-micro-maven-plugin</,/<\/plugin>/{/<$1>/,/<\/$1>/p}" "$root/pom.xml" |
    sed -n 's/.*<\(key\|value\)>\(.*\)<\/.*/\2/p' |
    sed "s|\${server.prebootcommandfile}|$work/pre-boot.asadmin|; s|\${project.basedir}|$root|"
}

need() { PATH=$PATH:/usr/sbin command -v "$1" || die "'$1' is missing: apt-get install $2"; }

# Sets jdk and payara, and gives this shell as many open files as there may be.
prepare() {
  jdk=$(find_jdk)
  [[ -n $jdk ]] || die "no JDK of version 21 or newer in JAVA_HOME or /usr/lib/jvm"
  [[ -f $BENCH_WAR ]] || die "$BENCH_WAR is missing: ./mvnw package -DskipTests"
  ulimit -n 65536 2>/dev/null || ulimit -n "$(ulimit -Hn)"
  local port
  for port in "$@"; do
    if (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then die "port $port is taken: set BENCH_PORT"; fi
  done
  rm -rf "$work/run" "$work/figures.tsv"
  mkdir -p "$work/run/tmp"
  payara=$(find_payara "$(sed -n 's/.*<payara.version>\(.*\)<.*/\1/p' "$root/pom.xml")")
}

# A chat completion with one shell: 0 when the port answers it with 200.
answers() {
  local status body='{"model":"bench","messages":[{"role":"user","content":"ready?"}]}'
  exec 3<>"/dev/tcp/127.0.0.1/$1" || return 1
  printf 'POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n%s\r\n%s%d\r\n\r\n%s' \
    "$BENCH_KEY" 'Content-Type: application/json' 'Content-Length: ' "${#body}" "$body" >&3
  read -r -t 5 status <&3 || status=none
  exec 3>&-
  [[ $status == *' 200'* ]]
}

await() {
  local name=$1 port=$2 pid=$3
  for _ in {1..240}; do
    if answers "$port" 2>/dev/null; then return; fi
    kill -0 "$pid" 2>/dev/null || die "$name has ended; see $work/run/$name.log"
    sleep 0.25
  done
  die "$name does not answer on port $port; see $work/run/$name.log"
}

# Expects its configuration in the folder, by default $work/run, as drawbridge.yaml; listens on $gateway.
start_gateway() {
  local options jvm folder=${1:-$work/run}
  mkdir -p "$folder/tmp"
  # Only this machine may reach what is measured.
  {
    cat "$root/server-config/pre-boot.asadmin"
    echo 'set configs.config.server-config.network-config.network-listeners.network-listener.http-listener.address=127.0.0.1'
    printf '%b\n' "$BENCH_PREBOOT"
  } >"$work/pre-boot.asadmin"
  mapfile -t jvm < <(pom_options javaCommandLineOptions)
  mapfile -t options < <(pom_options commandLineOptions)
  ((${#options[@]} > 0)) || die "found no options of the payara-micro plugin in pom.xml"
  say "gateway: java ${jvm[*]} $BENCH_JAVA_OPTIONS -jar payara-micro.jar ${options[*]} $BENCH_SERVER_OPTIONS"
  # shellcheck disable=SC2086  # several options each
  (
    cd "$folder"
    exec env DRAWBRIDGE_CONFIG="$folder/drawbridge.yaml" DRAWBRIDGE_DATA="$folder/data" \
      DRAWBRIDGE_ADMIN_KEY="$BENCH_KEY" \
      "$jdk/bin/java" "${jvm[@]}" -Djava.io.tmpdir="$folder/tmp" $BENCH_JAVA_OPTIONS -jar "$payara" \
      --deploy "$BENCH_WAR" --contextroot / --port "$gateway" "${options[@]}" $BENCH_SERVER_OPTIONS
  ) >"$folder/gateway.log" 2>&1 &
  gateway_pid=$!
  pids+=($!)
  await gateway "$gateway" $!
}

/// Commands that must come out the same with and without `runwatch exec`, for bash.
///
/// `@` stands for `runwatch exec --` or for nothing. What a row writes to both streams and its status are compared.
enum TransparencyTable {
    struct Row: Sendable, CustomStringConvertible {
        let description: String
        let script: String

        init(_ description: String, _ script: String) {
            self.description = description
            self.script = script
        }
    }

    static let rows =
        output + [
            Row("status", "@ sh -c 'exit 7'"),
            Row("signal", "x=$(@ sh -c 'kill -KILL $$' 2>/dev/null); echo $?"),
            Row("no such command", "@ no-such-command-here 2>/dev/null; echo $?"),
            Row("no such file", "@ /no/such/file 2>/dev/null; echo $?"),
            Row("no permission", "@ /etc/passwd 2>/dev/null; echo $?"),
            Row("directory", "@ /etc 2>/dev/null; echo $?"),
            Row("no interpreter", "printf '#!/no/such\\n' > s; chmod +x s; @ ./s 2>/dev/null; echo $?"),
            Row("script without #!", "printf 'echo script \"$1\"; exit 4\\n' > s; chmod +x s; @ ./s 'an argument'"),
            Row("empty script", ": > s; chmod +x s; @ ./s; echo $?"),
            Row("no program at all", "printf '\\177BAD\\0' > s; chmod +x s; @ ./s 2>/dev/null; echo $?"),
            Row("a name that is not UTF-8", "printf 'echo odd\\n' > $'s\\xff'; chmod +x $'s\\xff'; @ ./$'s\\xff'"),
        ] + world + streams + signals

    private static let output = [
        Row("two streams", "@ sh -c 'echo a; echo b >&2; printf end'"),
        Row("all bytes", "@ printf '\\377\\376\\r\\n\\001\\033[31m\\r\\r\\n'; @ head -c 200000 /dev/zero"),
        Row("order, one pipe", "@ bash -c 'for i in {1..400}; do echo o$i; echo e$i >&2; done' 2>&1"),
        Row("order, one file", "@ bash -c 'for i in {1..400}; do echo o$i; echo e$i >&2; done' > f 2>&1; cat f"),
        Row("order, appending", "@ bash -c 'for i in {1..400}; do echo o$i; echo e$i >&2; done' >> f 2>> f; cat f"),
        Row("two files", "@ sh -c 'echo o; echo e >&2' > f 2> g; cat f g"),
        Row("no terminal", "@ sh -c 'for i in 0 1 2; do test -t $i; echo $?; done'"),
        Row(
            "background",
            "@ sh -c '(sleep 0.3; echo late) & echo early; exit 3' 2>/dev/null | cat; echo ${PIPESTATUS[0]}"),
    ]

    private static let world = [
        Row("arguments", "@ printf '%s|' $'a\\xff\\xc3b' '' 'two words' $'line\\nfeed' -h --help -- -e"),
        Row("variables", "X=$'\\xff=\\xfe' @ printenv X"),
        Row("odd names", "env 'odd-name=1' 'dot.ted=2' 'empty=' @ env | grep -aE '^(odd|dot|empty)'"),
        Row("all variables", "@ env | grep -avE '^(RUNWATCH_|PYTHONUNBUFFERED|_=)' | LC_ALL=C sort"),
        Row("exported function", "f() { echo exported; }; export -f f; @ bash -c f"),
        Row("directory", "mkdir d; cd d; @ sh -c 'basename \"$(pwd)\"'"),
        Row("umask", "umask 027; @ sh -c umask"),
        Row("limits", "ulimit -S -n 77; ulimit -c 0; @ sh -c 'ulimit -S -n; ulimit -H -n; ulimit -c; ulimit -s'"),
        Row("niceness", "nice -n 5 @ nice"),
    ]

    private static let streams = [
        Row("input", "echo input | @ cat"),
        Row("file as input", "@ wc -l < /etc/passwd"),
        Row("input left for the next", "printf abcdef > f; { @ dd bs=1 count=3 2>/dev/null; cat; } < f"),
        Row("writer of closed input", "yes | @ sh -c 'head -n 1; exec <&-; sleep 0.2'; echo ${PIPESTATUS[0]}"),
        Row("process substitution", "@ cat <(echo hello)"),
        Row("written substitution", "@ sh -c 'echo data > \"$0\"' >(cat > f; echo done > g); wait $!; cat f g"),
        Row("descriptor for reading", "@ sh -c 'cat <&7' 7</etc/passwd"),
        Row("descriptor for writing", "@ sh -c 'echo x >&9' 9>&1"),
        Row("all descriptors", "@ ls /proc/self/fd 8</dev/null 23</dev/null"),
        Row("no descriptors but three", "@ ls /proc/self/fd"),
    ]

    /// Less signals 32 and 33, which are the C library's own: it makes them as it needs them in any program with threads.
    private static let own = "sed -E 's/..(.{7})$/\\1/'"

    private static let signals = [
        Row("mask and handlers", "@ grep -E 'Sig(Blk|Ign|Cgt|Pnd)' /proc/self/status | \(own)"),
        Row("ignored", "trap '' HUP INT PIPE CHLD USR1; @ grep SigIgn /proc/self/status | \(own)"),
        Row("broken pipe", "@ sh -c 'yes | head -n 1'"),
    ]
}

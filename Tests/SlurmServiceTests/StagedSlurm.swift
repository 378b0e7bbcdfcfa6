import Foundation
import RunModel
import RunServices
import SlurmService
import TestSupport
import Testing

/// Commands that answer in Slurm's words what a test wrote down, at once, and that keep what they were asked.
struct StagedSlurm {
    let place: TemporaryDirectory
    let clock = TestClock()
    /// Seconds since 1970 at which its time begins, somewhat before the clock's.
    static let epoch = 1_750_000_000 - 10_000
    private var bin: String { place.path + "/bin" }

    /// A line of squeue's; of an array with its number and tasks. Times are seconds since `epoch`.
    struct Row {
        var id: Int
        var array: Int?
        var task = "N/A"
        var state = "RUNNING"
        var submitted = 1_000
        var started = 1_100
        var restarts = 0
        var output = "/tmp/out"
        var user = "ana"
        var partition = "main"

        fileprivate var fields: [String] {
            let isOver = !["RUNNING", "PENDING", "COMPLETING"].contains(state)
            return [
                "\(id)", "\(array ?? id)", task, user, partition, state, "None", state == "PENDING" ? "" : "n1",
                "\(StagedSlurm.epoch + submitted)", state == "PENDING" ? "N/A" : "\(StagedSlurm.epoch + started)",
                isOver ? "\(StagedSlurm.epoch + started + 100)" : "N/A", "1:00",
                "1", "1", "cpu=1", "team", "0", "\(restarts)", "N/A", "(null)", "/tmp", output, "", "job", "(null)",
            ]
        }
    }

    init() throws {
        place = try TemporaryDirectory()
        for name in ["bin", "run"] {
            try FileManager.default.createDirectory(atPath: "\(place.path)/\(name)", withIntermediateDirectories: true)
        }
        try write("cluster", "alpha")
        try stage([])
        try account([])
        let mark = #"for a; do case $a in --delimiter=*) m=${a#*=};; JobID:*) m=${a#*:}; m=${m%%,*};; esac; done"#
        let down = #"[ -e $0.down ] && { echo "$0: error: Unable to contact slurm controller" >&2; exit 1; }"#
        let held = "while [ -e $0.held ]; do sleep 0.02; done"
        for (name, text) in [
            ("squeue", "\(mark); sed \"s/|/$m/g\" $0.rows"), ("sacct", "\(mark); sed \"s/|/$m/g\" $0.rows"),
            (
                "scontrol",
                """
                case $2 in
                config) echo "ClusterName = $(cat \(bin)/cluster)"; echo "KillWait = 30 sec";;
                job) cat \(bin)/job 2>/dev/null;;
                esac
                """
            ),
            ("scancel", ":"),
        ] {
            try write(name, "#!/bin/bash\necho \"$*\" >>$0.asked\n\(down)\n\(held)\n\(text)\nexit 0\n")
            chmod("\(bin)/\(name)", 0o755)
        }
    }

    func open(_ address: String = "slurm:?user=all&interval=1") throws -> SlurmService {
        let environment = [
            "PATH": "\(bin):/usr/bin:/bin", "XDG_RUNTIME_DIR": place.path + "/run",
            "XDG_STATE_HOME": place.path + "/state",
        ]
        return SlurmService(
            try #require(try SlurmAddress(uri: address)), environment: environment, host: "here"
        ) { [clock] in clock.now }
    }

    /// What squeue tells from now on. A service asks anew once a second has passed.
    func stage(_ rows: [Row], after pause: Int64 = 2_000) throws {
        try write("squeue.rows", rows.map { ($0.fields + [""]).joined(separator: "|") + "\n" }.joined())
        clock.advance(by: pause)
    }

    /// What sacct tells: the job's key, its state, and when it was submitted.
    func account(_ rows: [(key: String, state: String, submitted: Int)]) throws {
        let lines = rows.map { row in
            let fields = [
                String(row.key.prefix { $0 != "_" }), row.key, "ana", "main", row.state, "n1",
                "\(Self.epoch + row.submitted)",
                "\(Self.epoch + row.submitted + 1)", "\(Self.epoch + row.submitted + 7)", "1:00", "1", "1", "cpu=1",
                "team", "0:15", "/tmp",
                "job", "", "",
            ]
            return fields.joined(separator: "|") + "\n"
        }
        try write("sacct.rows", lines.joined())
    }

    /// A file beside the commands: `cluster`, and what `scontrol show job` prints in `job`.
    func write(_ name: String, _ text: String) throws {
        try text.write(toFile: "\(bin)/\(name)", atomically: true, encoding: .utf8)
    }

    /// What a command does from now on instead of answering.
    enum Trouble: String, CaseIterable {
        /// It complains that nobody answers it.
        case down
        /// It waits until this is over.
        case held
    }

    /// Has a command answer, or not.
    func set(_ program: String, _ trouble: Trouble?) throws {
        for one in Trouble.allCases where one != trouble { unlink("\(bin)/\(program).\(one.rawValue)") }
        if let trouble { try write("\(program).\(trouble.rawValue)", "") }
    }

    /// The arguments of each call so far.
    func asked(_ program: String) -> [String] {
        let text = (try? String(contentsOfFile: "\(bin)/\(program).asked", encoding: .utf8)) ?? ""
        return text.split(separator: "\n").map(String.init)
    }
}

import Foundation
import Glibc
import RunExecution
import RunModel
import RunServices
import TestSupport
import Testing

/// Commands that the kernel kills for lack of memory.
@Suite struct MemoryKillTests {
    /// A stand-in for the kernel's files.
    private struct Kernel {
        let place: TemporaryDirectory
        var places: KernelPlaces { KernelPlaces(processes: place.path + "/proc", groups: place.path + "/cgroup") }

        init() throws { place = try TemporaryDirectory() }

        func write(_ text: String, to name: String) throws {
            let path = place.path + "/" + name
            try FileManager.default.createDirectory(
                atPath: String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]), withIntermediateDirectories: true
            )
            try text.write(toFile: path, atomically: false, encoding: .utf8)
        }
    }

    private func failure(_ kernel: Kernel, _ script: String) async throws -> RunFailure? {
        let store = try await TemporaryStore()
        var request = store.request(["sh", "-c", script, "sh", kernel.place.path])
        request.kernel = kernel.places
        let outcome = try await CommandSupervisor(service: store.service, request: request).run()
        return try await store.details(of: outcome.run).run.failure
    }

    @Test func theGroupsCountIsCertain() async throws {
        let kernel = try Kernel()
        try kernel.write("MemTotal:       125000000 kB\n", to: "proc/meminfo")
        try kernel.write("1:name=systemd:/x\n0::/box/run\n", to: "proc/self/cgroup")
        try kernel.write("low 0\noom 3\noom_kill 3\n", to: "cgroup/box/memory.events")
        try kernel.write("64000000000\n", to: "cgroup/box/memory.max")
        try kernel.write("max\n", to: "cgroup/box/run/memory.max")
        let events = "\"$1\"/cgroup/box/memory.events"
        let killed = try await failure(kernel, "printf 'low 0\\noom_kill 4\\n' > \(events); echo step 7; kill -9 $$")
        #expect(killed?.code == "OutOfMemory")
        #expect(killed?.message == "out of memory: there are 64 GB; killed by signal 9 (SIGKILL) by the kernel: step 7")
        let survived = try await failure(kernel, "printf 'oom_kill 6\\n' > \(events); echo a worker died; exit 1")
        #expect(survived?.code == nil)
        #expect(
            survived?.message == "exited with status 1 after the kernel had killed 2 processes near it, out of memory: "
                + "there are 64 GB: a worker died")
        let unrelated = try await failure(kernel, "echo bad; kill -9 $$")
        #expect(unrelated?.message == "killed by signal 9 (SIGKILL): bad" && unrelated?.code == nil)
    }

    @Test func theMachinesCountIsAGuess() async throws {
        let kernel = try Kernel()
        try kernel.write("MemTotal:       8000000 kB\n", to: "proc/meminfo")
        // Beyond the first page of the file.
        let head = (0..<400).map { "nr_counter_\($0) 1\n" }.joined()
        try kernel.write(head + "oom_kill 1\n", to: "proc/vmstat")
        let killed = try await failure(
            kernel,
            "(cat \"$1\"/proc/vmstat; echo) | sed 's/oom_kill 1/oom_kill 2/' > \"$1\"/new; "
                + "mv \"$1\"/new \"$1\"/proc/vmstat; kill -9 $$")
        #expect(killed?.code == "OutOfMemory")
        #expect(
            killed?.message
                == "killed by signal 9 (SIGKILL), most likely out of memory: there are 8.2 GB, since the kernel "
                + "killed 1 process of this machine for that meanwhile")
        let other = try await failure(kernel, "exit 3")
        #expect(other?.message == "exited with status 3" && other?.code == nil)
    }

    /// A real group with 64 MiB, where this machine lets one be made; the stand-in above says the rest.
    @Test(.enabled(if: geteuid() == 0 && access("/sys/fs/cgroup/memory/memory.limit_in_bytes", W_OK) == 0))
    func aRealGroup() async throws {
        let group = "/sys/fs/cgroup/memory/runwatch-test-\(getpid())"
        guard mkdir(group, 0o755) == 0 else { return }
        defer { rmdir(group) }
        try "67108864".write(toFile: group + "/memory.limit_in_bytes", atomically: false, encoding: .utf8)
        let kernel = try Kernel()
        try kernel.write("4:memory:/runwatch-test-\(getpid())\n", to: "proc/self/cgroup")
        let store = try await TemporaryStore()
        // The greatest process is killed, and the shell tells of it.
        let script = "echo $$ > \"$0\"/cgroup.procs; head -c 300000000 /dev/zero | tail > /dev/null; exit $?"
        var request = store.request(["sh", "-c", script, group])
        request.kernel = KernelPlaces(processes: kernel.places.processes, groups: "/sys/fs/cgroup")
        let outcome = try await CommandSupervisor(service: store.service, request: request).run()
        let failure = try await store.details(of: outcome.run).run.failure
        #expect(failure?.code == "OutOfMemory", "\(failure?.message ?? "")")
        #expect(failure?.message?.hasPrefix("out of memory: there are 67 MB; exited with status 137") == true)
    }
}

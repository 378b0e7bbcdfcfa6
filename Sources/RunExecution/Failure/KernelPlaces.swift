/// Where the kernel shows what it knows; tests have a stand-in.
package struct KernelPlaces: Sendable, Equatable {
    /// Processes and the machine.
    package var processes: String
    /// Control groups, which share out memory.
    package var groups: String

    /// Where Linux has them.
    package static let standard = KernelPlaces(processes: "/proc", groups: "/sys/fs/cgroup")

    /// Directories without a slash at their end.
    package init(processes: String, groups: String) {
        self.processes = processes
        self.groups = groups
    }
}

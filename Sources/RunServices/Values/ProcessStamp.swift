/// A process, told apart from every earlier and later bearer of its pid.
package struct ProcessStamp: Sendable, Equatable, Codable {
    /// Its number, which another process gets once it has ended; 0 stands for what no process can have.
    package var pid: Int32
    /// Clock ticks since boot at which it started (proc_pid_stat(5), field 22).
    package var startTicks: Int64
    /// The kernel's boot id and, after a `+`, the pid namespace: a pid means nothing outside either.
    package var bootID: String

    /// A process with these marks, whether it exists or not.
    package init(pid: Int32, startTicks: Int64, bootID: String) {
        self.pid = pid
        self.startTicks = startTicks
        self.bootID = bootID
    }
}

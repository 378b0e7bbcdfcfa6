import CProcess
import Glibc

/// A terminal of the command's own, between it and the one that this process was started on.
///
/// The command then behaves as without us in between: it finds a terminal, whose size follows the outer one, and the
/// keys for interrupting, stopping and quitting mean what the command makes of them.
final class PseudoTerminal: Sendable {
    /// For reading what the command writes; the owner of this object closes it.
    let master: Int32
    /// Whether each line's end comes with a carriage return that the command has not written.
    let returnsCarriage: Bool
    /// Whether the outer terminal's keys go to the command.
    let takesKeys: Bool
    /// The outer terminal, whose size this one has; -1 for none.
    private let outer: Int32
    private let slave: OwnedDescriptor
    private let control: OwnedDescriptor
    private let keys: KeyRelay?

    /// What the monitor of the command gets.
    private let monitorReport: OwnedDescriptor
    private let monitorControl: OwnedDescriptor
    /// Where the monitor tells how the command fares.
    let report: OwnedDescriptor

    /// - Parameters:
    ///   - takesKeys: whether standard input is a terminal in whose foreground this process is.
    ///   - isShownOnTerminal: whether standard output is a terminal.
    init(takesKeys: Bool, isShownOnTerminal: Bool) throws(CommandStartError) {
        guard let report = PipeEnds() else { throw .noResources(errno) }
        guard let control = PipeEnds() else {
            report.close()
            throw .noResources(errno)
        }
        monitorReport = OwnedDescriptor(report.writing)
        monitorControl = OwnedDescriptor(control.reading)
        self.control = OwnedDescriptor(control.writing)
        self.report = OwnedDescriptor(report.reading)
        self.takesKeys = takesKeys
        returnsCarriage = isShownOnTerminal
        outer = takesKeys ? STDIN_FILENO : isShownOnTerminal ? STDOUT_FILENO : -1
        var ends: (master: Int32, slave: Int32) = (-1, -1)
        let code = cprocess_open_terminal(outer, isShownOnTerminal, &ends.master, &ends.slave)
        master = ends.master
        slave = OwnedDescriptor(ends.slave)
        keys = takesKeys && code == 0 ? KeyRelay(to: ends.master) : nil
        if code != 0 { throw .noResources(code) }
    }

    /// A copy of the slave for one of the command's streams.
    func openSlave() throws(CommandStartError) -> OwnedDescriptor {
        let copy = slave.withNumber { fcntl($0, F_DUPFD_CLOEXEC, 3) }
        guard copy >= 0 else { throw .noResources(errno) }
        return OwnedDescriptor(copy)
    }

    /// Starts a program whose controlling terminal this becomes.
    func start(_ body: (ChildProcess.Terminal) -> ChildProcess?) -> ChildProcess? {
        let terminal = ChildProcess.Terminal(
            slave: slave.take(), report: monitorReport.take(), control: monitorControl.take())
        let started = body(terminal)
        let code = errno
        for descriptor in [terminal.slave, terminal.report, terminal.control] { Glibc.close(descriptor) }
        if started != nil { keys?.begin() }
        errno = code
        return started
    }

    /// The outer terminal has another size.
    func resize() { cprocess_resize_terminal(master, outer) }

    /// Gives the outer terminal back for as long as this process is stopped.
    func suspend() { keys?.suspend() }

    /// Takes the outer terminal again, once this process is in its foreground.
    func resume() {
        resize()
        keys?.resume()
    }

    /// Gives the outer terminal back for good; output is still read.
    func release() { keys?.end() }

    /// Lets go of the command's session: nothing of the command is left.
    func end() {
        release()
        let number = control.take()
        if number >= 0 { Glibc.close(number) }
    }
}

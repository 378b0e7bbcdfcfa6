import CProcess
import Glibc
import RunServices

/// A command about to become a process in a session of its own, and where it reads and writes.
struct CommandSpawn: Sendable {
    private let input: OwnedDescriptor
    private let output: OwnedDescriptor
    private let error: OwnedDescriptor
    private let inheritance: Inheritance
    /// Nil where the command gets pipes.
    let terminal: PseudoTerminal?
    private let sharesInput: Bool

    /// Opens what the command reads and writes, and the reader of it.
    static func prepare(_ request: ExecutionRequest) throws(CommandStartError) -> (CommandSpawn, OutputReader) {
        let isAttached = request.isAttached
        // Both go to one place: a pipe each would lose the order in which the command wrote.
        let isOnePlace = !isAttached || cprocess_is_same_file(STDOUT_FILENO, STDERR_FILENO)
        let terminal = try openTerminal(request)
        let output: OwnedDescriptor
        var sources: [(descriptor: OwnedDescriptor, stream: CommandStream)]
        if let terminal {
            output = try terminal.openSlave()
            sources = [(OwnedDescriptor(terminal.master), .standardOutput)]
        } else {
            let ends = try pipe()
            output = ends.writing
            sources = [(ends.reading, .standardOutput)]
        }
        let error: OwnedDescriptor
        if isOnePlace {
            error = try copy(of: output)
        } else {
            let ends = try pipe()
            error = ends.writing
            sources.append((ends.reading, .standardError))
        }
        let sharesInput = isAttached && ownsStandardInput && terminal?.takesKeys != true
        let input = try openInput(terminal, sharesInput: sharesInput)
        let reader = try OutputReader(sources, mirrored: isAttached)
        return (
            CommandSpawn(
                input: input, output: output, error: error, inheritance: request.inheritance, terminal: terminal,
                sharesInput: sharesInput), reader
        )
    }

    private static func openTerminal(_ request: ExecutionRequest) throws(CommandStartError) -> PseudoTerminal? {
        let isOnTerminal = request.isAttached && isatty(STDIN_FILENO) == 1 && ownsStandardInput
        let isShownOnTerminal = request.isAttached && isatty(STDOUT_FILENO) == 1
        switch request.terminal {
        case .never: return nil
        case .automatic where !isOnTerminal || !isShownOnTerminal || request.leavesBackground: return nil
        case .automatic, .always:
            return try PseudoTerminal(takesKeys: isOnTerminal, isShownOnTerminal: isShownOnTerminal)
        }
    }

    private static func openInput(
        _ terminal: PseudoTerminal?, sharesInput: Bool
    ) throws(CommandStartError) -> OwnedDescriptor {
        if let terminal, terminal.takesKeys { return try terminal.openSlave() }
        let number =
            sharesInput
            ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3) : open("/dev/null", O_RDONLY | O_CLOEXEC)
        guard number >= 0 else { throw .noResources(errno) }
        return OwnedDescriptor(number)
    }

    private static func copy(of descriptor: OwnedDescriptor) throws(CommandStartError) -> OwnedDescriptor {
        let number = descriptor.withNumber { fcntl($0, F_DUPFD_CLOEXEC, 3) }
        guard number >= 0 else { throw .noResources(errno) }
        return OwnedDescriptor(number)
    }

    private static func pipe() throws(CommandStartError) -> (reading: OwnedDescriptor, writing: OwnedDescriptor) {
        guard let ends = PipeEnds() else { throw .noResources(errno) }
        return (OwnedDescriptor(ends.reading), OwnedDescriptor(ends.writing))
    }

    /// False for a job in the background of a terminal: in a session of its own the command would not be stopped for
    /// reading, and would take keys away from the shell.
    private static var ownsStandardInput: Bool {
        isatty(STDIN_FILENO) == 0
            ? fcntl(STDIN_FILENO, F_GETFD) >= 0
            : tcgetpgrp(STDIN_FILENO) == getpgrp()
    }

    /// Starts the command; what it has of its caller's, this process has no more.
    ///
    /// - Parameter lock: a descriptor that the command's processes keep open, and this process too.
    func start(_ command: ResolvedCommand, keeping lock: Int32? = nil) throws(CommandStartError) -> ChildProcess {
        let kept = lock.map { (inheritance.descriptors + [$0]).sorted() } ?? inheritance.descriptors
        let streams = ChildProcess.Streams(input: input.take(), output: output.take(), error: error.take())
        func child(_ terminal: ChildProcess.Terminal?) -> ChildProcess? {
            ChildProcess.start(
                command.program, streams: streams, inheritance: inheritance,
                keepsDescriptors: kept, leadsSession: true, terminal: terminal)
        }
        let started = terminal.map { $0.start(child) } ?? child(nil)
        let code = errno
        for descriptor in [streams.input, streams.output, streams.error] { close(descriptor) }
        guard let started else { throw .refused(command.program.path, code) }
        inheritance.closeDescriptors()
        if sharesInput { Self.letGoOfInput() }
        return started
    }

    /// Whoever writes to the command's input is to notice when the command has closed it.
    private static func letGoOfInput() {
        let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
        guard nothing >= 0 else { return }
        dup2(nothing, STDIN_FILENO)
        close(nothing)
    }
}

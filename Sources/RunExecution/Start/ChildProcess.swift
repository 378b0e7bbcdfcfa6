import CProcess
import Glibc

/// Starts a program as a child of this process.
///
/// Not through the subprocess library: it closes all descriptors but three, sets the signals back, and takes names and
/// values of variables as text, while a command must find its caller's world as it was.
package struct ChildProcess: Sendable {
    /// The three standard streams, which stay the caller's.
    package struct Streams: Sendable {
        var input: Int32
        var output: Int32
        var error: Int32

        /// Descriptors of this process.
        package init(input: Int32, output: Int32, error: Int32) {
            self.input = input
            self.output = output
            self.error = error
        }
    }

    /// A program with all that execve(2) takes.
    package struct Program: Sendable {
        var path: [UInt8]
        var arguments: [[UInt8]]
        var environment: [[UInt8]]
        /// What runs instead where the system knows no format of the program.
        var shellArguments: [[UInt8]]?

        /// The first of the arguments is the program's name.
        package init(
            path: [UInt8], arguments: [[UInt8]], environment: [[UInt8]], shellArguments: [[UInt8]]? = nil
        ) {
            self.path = path
            self.arguments = arguments
            self.environment = environment
            self.shellArguments = shellArguments
        }
    }

    /// Its number.
    package let pid: Int32
    /// What leads the session of a command that has a terminal of its own.
    let monitor: Int32?

    /// What a pseudo-terminal takes, as descriptors: its slave, and the pipes to the monitor.
    struct Terminal {
        var slave: Int32
        var report: Int32
        var control: Int32
    }

    /// Nil, with errno set, when it does not start; a file that is no program counts as that.
    ///
    /// - Parameters:
    ///   - inheritance: how signals are; with `keepsDescriptors` its descriptors stay open in the child too.
    ///   - leadsSession: whether it gets a session and process group of its own.
    package static func start(
        _ program: Program, streams: Streams, inheritance: Inheritance, keepsDescriptors kept: [Int32] = [],
        leadsSession: Bool
    ) -> ChildProcess? {
        start(
            program, streams: streams, inheritance: inheritance, keepsDescriptors: kept, leadsSession: leadsSession,
            terminal: nil)
    }

    static func start(
        _ program: Program, streams: Streams, inheritance: Inheritance, keepsDescriptors kept: [Int32],
        leadsSession: Bool, terminal: Terminal?
    ) -> ChildProcess? {
        var started = cprocess_started()
        let code = CommandText.withPointers(program.arguments) { arguments in
            CommandText.withPointers(program.environment) { environment in
                CommandText.withPointers(program.shellArguments) { shellArguments in
                    kept.withUnsafeBufferPointer { kept in
                        (program.path + [0]).withUnsafeBufferPointer { path in
                            path.withMemoryRebound(to: CChar.self) { path in
                                var command = cprocess_command(
                                    path: path.baseAddress, arguments: arguments, environment: environment,
                                    shell_arguments: shellArguments, input: streams.input, output: streams.output,
                                    error: streams.error, kept: kept.baseAddress, kept_count: Int32(kept.count),
                                    blocked_signals: inheritance.blockedSignals,
                                    ignored_signals: inheritance.ignoredSignals,
                                    niceness: inheritance.niceness,
                                    leads_session: leadsSession, terminal: terminal?.slave ?? -1,
                                    report: terminal?.report ?? -1, control: terminal?.control ?? -1)
                                return cprocess_start(&command, &started)
                            }
                        }
                    }
                }
            }
        }
        guard code == 0 else {
            errno = code
            return nil
        }
        return ChildProcess(pid: started.command, monitor: started.monitor == 0 ? nil : started.monitor)
    }
}

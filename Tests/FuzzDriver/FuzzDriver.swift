import Fuzzing

#if LIBFUZZER
    import Glibc

    /// Of libFuzzer's archive without a `main`: looks for inputs that reach new code until one traps.
    @_silgen_name("LLVMFuzzerRunDriver")
    private func runLibFuzzer(
        _ count: UnsafeMutablePointer<CInt>,
        _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
        _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
    ) -> CInt

    /// What `RUNWATCH_FUZZ_TARGET` names; a C function captures nothing.
    private let chosen = getenv("RUNWATCH_FUZZ_TARGET").flatMap { name in
        FuzzTarget.all.first { $0.name == String(cString: name) }
    }
#endif

/// `Tests/fuzz` builds this with libFuzzer; without it, it names the targets.
@main
struct FuzzDriver {
    static func main() {
        #if LIBFUZZER
            guard chosen != nil else { return list() }
            var (count, arguments) = (CommandLine.argc, CommandLine.unsafeArgv)
            exit(
                runLibFuzzer(&count, &arguments) { bytes, count in
                    chosen?.body(Array(UnsafeBufferPointer(start: bytes, count: count)))
                    return 0
                })
        #else
            list()
        #endif
    }

    private static func list() {
        for target in FuzzTarget.all { print(target.name) }
    }
}

/// What an expression or a value may cost at most, so that none overflows the stack or fills the memory.
enum Limits {
    /// In UTF-8. An argument of a command is at most 128 KiB on Linux.
    static let expressionBytes = 1 << 20
    /// How deep expressions may be nested: 2 MiB of stack hold it, even without optimisation.
    static let expressionDepth = 150
    /// How much deeper than its input an expression may nest its result.
    static let addedDepth = 200
    /// How deep a JSON text may be nested. A result is nested at most `valueDepth + addedDepth` deep.
    static let valueDepth = 512
}

/// Where a stream of a command is read.
package struct OutputSource: Sendable {
    /// The reading end of its pipe.
    package var descriptor: Int32
    /// What comes through it.
    package var stream: CommandStream

    /// A source that its taker closes.
    package init(descriptor: Int32, stream: CommandStream) {
        self.descriptor = descriptor
        self.stream = stream
    }
}

extension Unicode.Scalar {
    /// What Python strips from texts: white space as Unicode has it, and four separators of ASCII.
    var isPythonSpace: Bool { properties.isWhitespace || (0x1C...0x1F).contains(value) }
}

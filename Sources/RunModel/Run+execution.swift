extension Run {
    /// The machine tag by which a run that a script started names the run whose command the script is.
    package static let executionTag = "runwatch.execution"

    /// The run whose command started this one, as a tag says; nil where none does.
    ///
    /// Others may write the tag, so it is shown and proves nothing.
    package var executionID: RunID? {
        guard let value = machineTags.value(forKey: Self.executionTag), let text = value, !text.isEmpty,
            !text.isExactly(id.text)
        else { return nil }
        return RunID(text)
    }
}

import Testing

/// The real binary in a real terminal; one at a time, since two cores can't keep many deadlines.
@Suite(.serialized) struct EndToEndTests {}

// Not where the runtime is linked in, which brings no Testing: the benchmarks need nothing of this.
#if canImport(Testing)
    package import Testing

    /// Asks again and again until the answer is there or a minute has passed, plenty for a loaded machine.
    package func eventually<Answer>(
        _ what: Comment, _ question: () async throws -> Answer?
    ) async throws -> Answer {
        let clock = ContinuousClock()
        let deadline = clock.now + .seconds(60)
        while clock.now < deadline {
            if let answer = try await question() { return answer }
            try await Task.sleep(for: .milliseconds(10))
        }
        return try #require(try await question(), what)
    }
#endif

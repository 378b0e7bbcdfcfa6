package import RunServices

/// Which GPUs a command of this process may get.
package enum GPUInventory {
    /// Milliseconds for the driver to answer: without its daemon, it wakes every device first.
    private static let patience = 30_000

    /// The GPUs of this machine, as the driver counts; `visible` is what `CUDA_VISIBLE_DEVICES` says already, and leaves
    /// out the others. Throws where none can be told.
    package static func available(
        visible: String?, libraries: [String] = NVML.usualNames
    ) async throws(RunServiceError) -> [Int] {
        let all = try await all(libraries)
        guard let visible else { return all }
        let words = visible.split(separator: ",", omittingEmptySubsequences: false).map { word in
            word.filter { $0 != " " }
        }
        let numbers = words.compactMap { Int($0) }
        guard numbers.count == words.count || visible.allSatisfy({ $0 == " " }) else {
            throw RunServiceError(
                .invalid,
                "CUDA_VISIBLE_DEVICES is “\(Shown.text(visible))”; a queue needs the GPUs as numbers, such as 0,1.")
        }
        // CUDA ignores all from the first one on that is not there.
        var found: [Int] = []
        for number in numbers.prefix(while: all.contains) where !found.contains(number) { found.append(number) }
        return found
    }

    private static func all(_ libraries: [String]) async throws(RunServiceError) -> [Int] {
        let (answers, telling) = AsyncStream.makeStream(of: [Int]?.self)
        let isStarted = DedicatedThread.start {
            telling.yield(NVML(names: libraries)?.indexes ?? [])
            telling.finish()
        }
        guard isStarted else { throw RunServiceError(.unavailable, "This process has no thread left.") }
        let alarm = Task {
            guard (try? await Task.sleep(for: .milliseconds(patience))) != nil else { return }
            telling.yield(nil)
        }
        defer { alarm.cancel() }
        for await answer in answers {
            guard let found = answer else {
                throw RunServiceError(
                    .timedOut, "NVIDIA's driver does not answer; `nvidia-smi` tells more. Nothing was queued.")
            }
            guard !found.isEmpty else { break }
            return found
        }
        throw RunServiceError(
            .unsupported,
            "--gpus: NVIDIA's driver finds no GPU on this machine; `runwatch exec --queue NAME --take N` takes slots "
                + "instead.")
    }
}

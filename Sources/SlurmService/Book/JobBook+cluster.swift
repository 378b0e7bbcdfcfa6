import RunModel
import RunServices
import SlurmCommands

/// What a cluster says of itself: by its name jobs are remembered, since a home may be shared by several.
extension JobBook {
    /// Has Slurm asked, once for this process. Returns at once.
    func learn() {
        guard learning == nil, !hasLearned, learnAgainAt.map({ $0 <= now }) ?? true else { return }
        learning = Task {
            await askForSetup()
            learning = nil
        }
    }

    private func askForSetup() async {
        do throws(RunServiceError) {
            let setup = try await tool.setup()
            grace = setup.killWait.map { Int64($0) * 1_000 }
            remember(by: "cluster " + setup.cluster)
        } catch {
            switch error.code {
            // It will not say so later either.
            case .unsupported, .unexpectedResponse, .invalid, .forbidden:
                remember(by: "configuration " + tool.configuration)
            default: learnAgainAt = now.advanced(byMilliseconds: snapshots.interval)
            }
        }
    }

    private func remember(by cluster: String) {
        hasLearned = true
        memory = memoryRoot.map { JobMemory(root: $0, cluster: cluster, owner: owner) }
    }
}

import AzureMLWire
import Hummingbird
import RunModel
import RunServices

extension AzureMLRoutes {
    /// What happens to runs.
    func addEvents(to history: RouterGroup<ServerContext>) {
        for place in ["experiments/:experiment/runs/:run", "experimentids/:experimentID/runs/:run", "runs/:run"] {
            history.add(.post, "\(place)/events") { call in
                let event = try await call.body(RunEventDto.self)
                try await take(event, of: try await run(of: call))
                return Response(status: .ok)
            }
        }
        for place in ["experiments/:experiment/batch/events", "batch/events"] {
            history.add(.post, "\(place)") { call in try await takeBatch(call) }
        }
    }

    private func takeBatch(_ call: AzureCall) async throws -> Response {
        var refusals: [BatchEventCommandResultDto.Refusal] = []
        for event in try await call.body(BatchEventCommandDto.self).events {
            do throws(RunServiceError) {
                try await take(event, of: try await service.hostedRun(RunID(event.data?.runID ?? "")))
            } catch {
                // What may pass is for the client to send again, all of it: each event does nothing the second time.
                if error.mayPass { throw error }
                refusals.append(BatchEventCommandResultDto.Refusal(key: event, value: AzureFault.item(error)))
            }
        }
        return AzureCoding.answer(BatchEventCommandResultDto(errors: refusals))
    }

    /// Late events on a run that is over change nothing, and are answered as if they had: clients send them again.
    private func take(_ event: RunEventDto, of hosted: HostedRun) async throws(RunServiceError) {
        let id = hosted.run.id
        switch AzureEventMapping.meaning(of: event, on: hosted) {
        case .edit(let edit): try await service.record(edit, on: id)
        case .cancel:
            do throws(RunServiceError) {
                try await service.cancel(id, includingDescendants: false)
            } catch {
                if error.code != .conflict { throw error }
            }
        case .heartbeat:
            // Only a supervisor's counts; scripts that tell of themselves are known by what they log.
            if try await service.inspect([id], activeDescendants: false).first?.supervisor != nil {
                _ = try await service.heartbeat(of: id)
            }
        case .nothing: break
        }
    }
}

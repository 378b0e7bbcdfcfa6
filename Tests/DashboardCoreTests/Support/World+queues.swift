import RunServices

extension World {
    mutating func apply(_ change: QueueChange) {
        for index in queues.indices {
            switch change {
            case .resize(queues[index].name, let slots): queues[index].slots = slots
            case .forget(let id): queues[index].entries.removeAll { $0.id == id }
            case .move(let id, let distance):
                guard let from = queues[index].entries.firstIndex(where: { $0.id == id }) else { continue }
                let entry = queues[index].entries.remove(at: from)
                queues[index].entries.insert(entry, at: from + distance)
                let line = queues[index].entries.indices.filter { queues[index].entries[$0].position != nil }
                for (number, place) in line.enumerated() { queues[index].entries[place].position = number + 1 }
            case .resize: break
            }
        }
    }
}

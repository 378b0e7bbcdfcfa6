import Glibc

/// NVIDIA's management library, loaded while this program runs: where there is no driver, there is none.
///
/// Functions and structures as in its `nvml.h`. Every call may take as long as the driver likes, so it is made on one thread
/// that nothing waits for.
struct NVML {
    /// An opaque pointer of the library's.
    private typealias Device = OpaquePointer
    private typealias Plain = @convention(c) () -> Int32
    private typealias Count = @convention(c) (UnsafeMutablePointer<UInt32>) -> Int32
    private typealias ByIndex = @convention(c) (UInt32, UnsafeMutablePointer<OpaquePointer?>) -> Int32
    private typealias OfDevice = @convention(c) (OpaquePointer, UnsafeMutableRawPointer) -> Int32
    private typealias Processes =
        @convention(c) (
            OpaquePointer, UnsafeMutablePointer<UInt32>, UnsafeMutableRawPointer?
        ) -> Int32

    /// The driver's own name first; the second is where Windows keeps it for its Linux.
    static let usualNames = ["libnvidia-ml.so.1", "/usr/lib/wsl/lib/libnvidia-ml.so.1"]
    /// More than any machine has; what a broken driver counts must not be believed.
    private static let mostDevices: UInt32 = 64
    private static let mostProcesses = 1_024
    /// "Value not available".
    private static let unknownMemory = UInt64.max

    private let devices: [(index: Int, device: Device)]
    private let utilization: OfDevice?
    private let memory: OfDevice?
    private let power: OfDevice?
    private let processes: Processes?
    /// Bytes from one process in the library's list to the next.
    private let stride: Int

    /// Nil where the library is not there, or finds no GPU.
    init?(names: [String] = NVML.usualNames) {
        guard let library = names.lazy.compactMap({ dlopen($0, RTLD_NOW | RTLD_LOCAL) }).first else { return nil }
        func function<F>(_ name: String, as type: F.Type) -> F? {
            dlsym(library, name).map { unsafeBitCast($0, to: type) }
        }
        guard let begin = function("nvmlInit_v2", as: Plain.self), begin() == 0,
            let count = function("nvmlDeviceGetCount_v2", as: Count.self),
            let byIndex = function("nvmlDeviceGetHandleByIndex_v2", as: ByIndex.self)
        else { return nil }
        var found: UInt32 = 0
        guard count(&found) == 0, found > 0 else { return nil }
        devices = (0..<min(found, Self.mostDevices)).compactMap { index in
            var device: OpaquePointer?
            guard byIndex(index, &device) == 0, let device else { return nil }
            return (Int(index), device)
        }
        utilization = function("nvmlDeviceGetUtilizationRates", as: OfDevice.self)
        memory = function("nvmlDeviceGetMemoryInfo", as: OfDevice.self)
        power = function("nvmlDeviceGetPowerUsage", as: OfDevice.self)
        // The first form of the structure ended with the memory.
        let list = "nvmlDeviceGetComputeRunningProcesses"
        if let newer = function(list + "_v3", as: Processes.self) ?? function(list + "_v2", as: Processes.self) {
            (processes, stride) = (newer, 24)
        } else {
            (processes, stride) = (function(list, as: Processes.self), 16)
        }
    }

    /// All GPUs, as the driver counts.
    var indexes: [Int] { devices.map(\.index) }

    /// All GPUs, and who uses them.
    func read() -> [GPUReading] {
        devices.map { index, device in
            var reading = GPUReading(index: index, processes: users(of: device))
            // Nobody asks for the figures of a GPU without users.
            guard !reading.processes.isEmpty else { return reading }
            // nvmlUtilization_t: percent of the GPU and of its memory's time.
            var rates: (gpu: UInt32, memory: UInt32) = (0, 0)
            if let utilization, utilization(device, &rates) == 0 { reading.utilization = Double(min(rates.gpu, 100)) }
            // nvmlMemory_t: total, free, used.
            var bytes: (total: UInt64, free: UInt64, used: UInt64) = (0, 0, 0)
            if let memory, memory(device, &bytes) == 0, bytes.total > 0 {
                reading.memoryUsed = Int64(clamping: bytes.used)
                reading.memoryTotal = Int64(clamping: bytes.total)
            }
            var milliwatts: UInt32 = 0
            if let power, power(device, &milliwatts) == 0 { reading.watts = Double(milliwatts) / 1_000 }
            return reading
        }
    }

    private func users(of device: Device) -> [Int32: Int64] {
        guard let processes else { return [:] }
        let size = Self.mostProcesses * stride
        return withUnsafeTemporaryAllocation(byteCount: size, alignment: 8) { buffer in
            var count = UInt32(Self.mostProcesses)
            guard let start = buffer.baseAddress else { return [:] }
            start.initializeMemory(as: UInt8.self, repeating: 0, count: size)
            guard processes(device, &count, start) == 0 else { return [:] }
            var users: [Int32: Int64] = [:]
            for place in 0..<min(Int(count), Self.mostProcesses) {
                let pid = start.load(fromByteOffset: place * stride, as: UInt32.self)
                let bytes = start.load(fromByteOffset: place * stride + 8, as: UInt64.self)
                users[Int32(truncatingIfNeeded: pid), default: 0] +=
                    bytes == Self.unknownMemory ? 0 : Int64(clamping: bytes)
            }
            return users
        }
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RegisterEngine.Kernels;

/// <summary>Memory that columns lie in: pinned, and aligned to 64 bytes as the Arrow format recommends.</summary>
internal static class Buffers
{
    private const int Alignment = 64;

    /// <summary>Zeroed memory of some bytes that the collector never moves.</summary>
    public static unsafe Memory<byte> Allocate(int bytes)
    {
        byte[] array = GC.AllocateArray<byte>(checked(bytes + Alignment), pinned: true);
        nint address = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array));
        int skip = (int)(-address & (Alignment - 1));
        return array.AsMemory(skip, bytes);
    }

    /// <summary>Bytes seen as numbers of a type.</summary>
    public static Span<T> As<T>(Span<byte> bytes)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(bytes);

    /// <summary>Bytes seen as numbers of a type.</summary>
    public static ReadOnlySpan<T> As<T>(ReadOnlySpan<byte> bytes)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(bytes);

    /// <summary>Numbers seen as bytes.</summary>
    public static Span<byte> AsBytes<T>(Span<T> values)
        where T : unmanaged => MemoryMarshal.AsBytes(values);

    /// <summary>Numbers seen as bytes.</summary>
    public static ReadOnlySpan<byte> AsBytes<T>(ReadOnlySpan<T> values)
        where T : unmanaged => MemoryMarshal.AsBytes(values);

    /// <summary>Bytes as a stream to read from; copied only where they lie in no array.</summary>
    public static Stream AsStream(ReadOnlyMemory<byte> bytes) => MemoryMarshal.TryGetArray(bytes, out ArraySegment<byte> segment)
        ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
        : new MemoryStream(bytes.ToArray(), writable: false);
}

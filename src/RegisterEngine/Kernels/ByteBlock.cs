using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RegisterEngine.Kernels;

/// <summary>Sixty-four bytes of text, to be compared all at once: the answer is a bit for each byte.</summary>
/// <remarks>Two vectors of 256 bits, also where 512 are to be had: processors that run slower after each wide instruction lose more than it gains.</remarks>
internal readonly struct ByteBlock
{
    /// <summary>Bytes of a block.</summary>
    public const int Size = 64;

    private readonly Vector256<byte> _first;
    private readonly Vector256<byte> _second;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ByteBlock(Vector256<byte> first, Vector256<byte> second)
    {
        _first = first;
        _second = second;
    }

    /// <summary>The block that begins at a byte of a text, which must be readable for <see cref="Size"/> bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteBlock Load(ref byte text, nuint at = 0) =>
        new(Vector256.LoadUnsafe(ref text, at), Vector256.LoadUnsafe(ref text, at + (Size / 2)));

    /// <summary>The block that begins at a byte of a text.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The text ends before the block does.</exception>
    public static ByteBlock Load(ReadOnlySpan<byte> text, int at) => Load(ref MemoryMarshal.GetReference(text.Slice(at, Size)));

    /// <summary>Where a byte stands, which is given in every place of a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Find(Vector256<byte> value) => Join(Vector256.Equals(_first, value), Vector256.Equals(_second, value));

    /// <summary>Where two blocks are the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong SameAs(ByteBlock other) => Join(Vector256.Equals(_first, other._first), Vector256.Equals(_second, other._second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Join(Vector256<byte> first, Vector256<byte> second) =>
        first.ExtractMostSignificantBits() | ((ulong)second.ExtractMostSignificantBits() << (Size / 2));
}

using System.Buffers.Binary;
using System.Numerics;

namespace RegisterEngine.Kernels;

/// <summary>The checksum of LZ4 frames, with seed 0.</summary>
/// <remarks>Y. Collet, "xxHash fast digest algorithm" (2021), XXH32.</remarks>
internal static class XxHash32
{
    private const uint Prime1 = 0x9E3779B1;
    private const uint Prime2 = 0x85EBCA77;
    private const uint Prime3 = 0xC2B2AE3D;
    private const uint Prime4 = 0x27D4EB2F;
    private const uint Prime5 = 0x165667B1;

    /// <summary>The hash of some bytes.</summary>
    public static uint Hash(ReadOnlySpan<byte> bytes)
    {
        uint length = (uint)bytes.Length;
        uint hash = Prime5;
        if (bytes.Length >= 16)
        {
            uint a = unchecked(Prime1 + Prime2), b = Prime2, c = 0, d = unchecked(0 - Prime1);
            for (; bytes.Length >= 16; bytes = bytes[16..])
            {
                a = Round(a, Word(bytes));
                b = Round(b, Word(bytes[4..]));
                c = Round(c, Word(bytes[8..]));
                d = Round(d, Word(bytes[12..]));
            }
            hash = BitOperations.RotateLeft(a, 1) + BitOperations.RotateLeft(b, 7) + BitOperations.RotateLeft(c, 12) + BitOperations.RotateLeft(d, 18);
        }
        hash += length;
        for (; bytes.Length >= 4; bytes = bytes[4..])
            hash = BitOperations.RotateLeft(hash + (Word(bytes) * Prime3), 17) * Prime4;
        foreach (byte value in bytes)
            hash = BitOperations.RotateLeft(hash + (value * Prime5), 11) * Prime1;
        hash = (hash ^ (hash >> 15)) * Prime2;
        hash = (hash ^ (hash >> 13)) * Prime3;
        return hash ^ (hash >> 16);
    }

    private static uint Round(uint lane, uint word) => BitOperations.RotateLeft(lane + (word * Prime2), 13) * Prime1;

    private static uint Word(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}

using RegisterEngine.Kernels;
using RegisterEngine.Sources.Parquet.Encodings;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Sources.Parquet.Writing;

/// <summary>The body of a page whose values stand in a dictionary.</summary>
internal static class CodedPage
{
    /// <summary>Writes codes after the number of bits that each takes.</summary>
    public static void Write(ReadOnlySpan<int> codes, int dictionaryCount, ByteBuffer target)
    {
        // Some readers do not know what to make of codes of no bits.
        int width = Math.Max(1, BitPack.WidthOf((ulong)Math.Max(0, dictionaryCount - 1)));
        target.Append((byte)width);
        HybridWriter.Write(codes, width, target);
    }
}

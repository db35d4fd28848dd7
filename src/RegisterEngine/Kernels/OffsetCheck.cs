using System.Numerics;

namespace RegisterEngine.Kernels;

/// <summary>Checks the offsets of values of any length.</summary>
internal static class OffsetCheck
{
    /// <summary>The first and the last offset, and whether none is less than the one before.</summary>
    public static (long First, long Last, bool Rise) Check<T>(ReadOnlySpan<T> offsets)
        where T : unmanaged, IBinaryInteger<T>
    {
        // Without a branch for each: the sign of all differences together.
        T signs = T.Zero;
        for (int i = 1; i < offsets.Length; i++)
            signs |= unchecked(offsets[i] - offsets[i - 1]) | offsets[i];
        return (long.CreateTruncating(offsets[0]), long.CreateTruncating(offsets[^1]), !T.IsNegative(signs));
    }

    /// <summary>Whether an offset points into the middle of a character in UTF-8; offsets must lie within the text.</summary>
    public static bool CutsCharacter<T>(ReadOnlySpan<byte> text, ReadOnlySpan<T> offsets)
        where T : unmanaged, IBinaryInteger<T>
    {
        foreach (T offset in offsets)
        {
            int at = int.CreateTruncating(offset);
            if (at < text.Length && (text[at] & 0xC0) == 0x80)
                return true;
        }
        return false;
    }
}

using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RegisterEngine.Kernels;

/// <summary>Compares each element of some columns with the one after it.</summary>
internal static class PairScan
{
    /// <summary>The place of the second is one more than that of the first; without it, there are no other signs.</summary>
    public const int Beside = 1;

    /// <summary>The first is marked.</summary>
    public const int FirstMarked = 2;

    /// <summary>The second is marked.</summary>
    public const int SecondMarked = 4;

    /// <summary>Both have the same group.</summary>
    public const int SameGroup = 8;

    /// <summary>Both have the same part.</summary>
    public const int SamePart = 16;

    /// <summary>Writes the signs of each pair.</summary>
    /// <param name="places">Places, one more than there are pairs; so for the other columns.</param>
    /// <param name="marks">1 for a marked element, else 0.</param>
    /// <param name="groups">Groups.</param>
    /// <param name="parts">Parts.</param>
    /// <param name="pairs">For each element but the last, the signs of it and the next.</param>
    public static void Compare(ReadOnlySpan<int> places, ReadOnlySpan<int> marks, ReadOnlySpan<int> groups, ReadOnlySpan<int> parts, Span<int> pairs)
    {
        int least = Math.Min(Math.Min(places.Length, marks.Length), Math.Min(groups.Length, parts.Length));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(least, pairs.Length);
        ref int place = ref MemoryMarshal.GetReference(places);
        ref int mark = ref MemoryMarshal.GetReference(marks);
        ref int group = ref MemoryMarshal.GetReference(groups);
        ref int part = ref MemoryMarshal.GetReference(parts);
        ref int pair = ref MemoryMarshal.GetReference(pairs);
        int at = 0;
        for (; at <= pairs.Length - Vector256<int>.Count; at += Vector256<int>.Count)
        {
            nuint first = (nuint)at, second = first + 1;
            Vector256<int> beside = Vector256.Equals(Vector256.LoadUnsafe(ref place, first) + Vector256<int>.One, Vector256.LoadUnsafe(ref place, second));
            Vector256<int> sameGroup = Vector256.Equals(Vector256.LoadUnsafe(ref group, first), Vector256.LoadUnsafe(ref group, second));
            Vector256<int> samePart = Vector256.Equals(Vector256.LoadUnsafe(ref part, first), Vector256.LoadUnsafe(ref part, second));
            Vector256<int> marked = (Vector256.LoadUnsafe(ref mark, first) << 1) | (Vector256.LoadUnsafe(ref mark, second) << 2);
            Vector256<int> signs = Vector256.Create(Beside) | marked | (sameGroup & Vector256.Create(SameGroup)) | (samePart & Vector256.Create(SamePart));
            (signs & beside).StoreUnsafe(ref pair, first);
        }
        CompareScalar(places[at..], marks[at..], groups[at..], parts[at..], pairs[at..]);
    }

    /// <summary>The specification of <see cref="Compare"/>.</summary>
    public static void CompareScalar(ReadOnlySpan<int> places, ReadOnlySpan<int> marks, ReadOnlySpan<int> groups, ReadOnlySpan<int> parts, Span<int> pairs)
    {
        for (int i = 0; i < pairs.Length; i++)
        {
            int signs = Beside
                | (marks[i] != 0 ? FirstMarked : 0)
                | (marks[i + 1] != 0 ? SecondMarked : 0)
                | (groups[i] == groups[i + 1] ? SameGroup : 0)
                | (parts[i] == parts[i + 1] ? SamePart : 0);
            pairs[i] = places[i] + 1 == places[i + 1] ? signs : 0;
        }
    }
}

using System.Numerics;

namespace RegisterEngine.Sources.Fields;

/// <summary>Entries of up to four runs that stand in a row together; those that are not there are 0.</summary>
internal readonly record struct Combination(int First, int Second, int Third, int Fourth)
{
    /// <summary>All four in two numbers, which compare faster.</summary>
    public (ulong Low, ulong High) Words => (((ulong)(uint)First << 32) | (uint)Second, ((ulong)(uint)Third << 32) | (uint)Fourth);
}

/// <summary>The entries of some rows in up to four runs.</summary>
internal readonly ref struct CombinationRows(ReadOnlySpan<int> first, ReadOnlySpan<int> second, ReadOnlySpan<int> third, ReadOnlySpan<int> fourth)
{
    public ReadOnlySpan<int> First { get; } = first;

    public ReadOnlySpan<int> Second { get; } = second;

    public ReadOnlySpan<int> Third { get; } = third;

    public ReadOnlySpan<int> Fourth { get; } = fourth;

    /// <summary>The combination of a row.</summary>
    public Combination this[int row] => new(First[row], Second[row], Third[row], Fourth[row]);
}

/// <summary>
/// Remembers the tuple of each combination of entries that was seen: few occur. Where the entries are few too, so that together they have a small number, that is
/// the place of the tuple; otherwise it is looked up by a hash.
/// </summary>
internal sealed class Combinations
{
    private const int MostNearBits = 20;

    private Slot[] _slots = new Slot[1 << 10];
    private int _count;

    // By the four entries side by side, in as many bits as each needs: the tuple + 1, or 0 where it is not known here.
    private int[] _near = new int[1];
    private Combination _bits;

    /// <summary>Writes the tuple of each row from one on, up to the first whose combination was not seen; returns that row, or the number of rows.</summary>
    /// <param name="from">The first row.</param>
    /// <param name="rows">The entries of each row, by run.</param>
    /// <param name="tuples">One for each row.</param>
    public int Find(int from, in CombinationRows rows, Span<int> tuples)
    {
        ReadOnlySpan<int> first = rows.First[..tuples.Length], second = rows.Second[..tuples.Length];
        ReadOnlySpan<int> third = rows.Third[..tuples.Length], fourth = rows.Fourth[..tuples.Length];
        int row = from;
        while (row < tuples.Length)
        {
            Combination bits = _bits;
            ReadOnlySpan<int> near = _near;
            for (; row < tuples.Length; row++)
            {
                int a = first[row], b = second[row], c = third[row], d = fourth[row];
                if (((a >> bits.First) | (b >> bits.Second) | (c >> bits.Third) | (d >> bits.Fourth)) != 0)
                    break;
                int tuple = near[(((((a << bits.Second) | b) << bits.Third) | c) << bits.Fourth) | d] - 1;
                if (tuple < 0)
                    break;
                tuples[row] = tuple;
            }
            if (row == tuples.Length || !TryGet(rows[row], out tuples[row]))
                return row;
            row++;
        }
        return row;
    }

    /// <summary>Remembers a combination that was not seen.</summary>
    public void Add(Combination key, int tuple)
    {
        (ulong low, ulong high) = key.Words;
        _slots[SlotOf(low, high)] = new Slot(low, high, tuple + 1);
        if (++_count * 2 <= _slots.Length)
            return;
        Slot[] before = _slots;
        _slots = new Slot[before.Length * 2];
        foreach (Slot slot in before)
            if (slot.TuplePlusOne > 0)
                _slots[SlotOf(slot.Low, slot.High)] = slot;
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        Array.Clear(_slots);
        Array.Clear(_near);
        _count = 0;
    }

    // By the hash; then the combination is near, if it can be.
    private bool TryGet(Combination key, out int tuple)
    {
        (ulong low, ulong high) = key.Words;
        tuple = _slots[SlotOf(low, high)].TuplePlusOne - 1;
        if (tuple >= 0 && TryWiden(key))
            _near[(((((key.First << _bits.Second) | key.Second) << _bits.Third) | key.Third) << _bits.Fourth) | key.Fourth] = tuple + 1;
        return tuple >= 0;
    }

    // Makes room for larger entries, where that is small enough; what was near is found by its hash once more.
    private bool TryWiden(Combination key)
    {
        var bits = new Combination(
            BitsFor(key.First, _bits.First), BitsFor(key.Second, _bits.Second), BitsFor(key.Third, _bits.Third), BitsFor(key.Fourth, _bits.Fourth));
        int all = bits.First + bits.Second + bits.Third + bits.Fourth;
        if (all > MostNearBits)
            return false;
        if (bits == _bits)
            return true;
        _bits = bits;
        _near = new int[1 << all];
        return true;
    }

    private static int BitsFor(int entry, int atLeast) => Math.Max(atLeast, BitOperations.Log2((uint)entry) + (entry > 0 ? 1 : 0));

    private int SlotOf(ulong low, ulong high)
    {
        ulong hash = (low ^ (high * 0x9E3779B97F4A7C15)) * 0xBF58476D1CE4E5B9;
        Slot[] slots = _slots;
        int mask = slots.Length - 1;
        for (int at = (int)(hash >> 32) & mask; ; at = (at + 1) & mask)
        {
            ref readonly Slot slot = ref slots[at];
            if (slot.TuplePlusOne == 0 || ((slot.Low ^ low) | (slot.High ^ high)) == 0)
                return at;
        }
    }

    // Whether a slot is taken tells its tuple, not its key.
    private readonly record struct Slot(ulong Low, ulong High, int TuplePlusOne);
}

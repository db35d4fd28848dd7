namespace RegisterEngine.Sources.Fields;

/// <summary>Entries of up to four runs that stand in a row together; those that are not there are 0.</summary>
internal readonly record struct Combination(int First, int Second, int Third, int Fourth)
{
    /// <summary>All four in two numbers, which compare faster.</summary>
    public (ulong Low, ulong High) Words => (((ulong)(uint)First << 32) | (uint)Second, ((ulong)(uint)Third << 32) | (uint)Fourth);
}

/// <summary>Remembers the tuple of each combination of entries that was seen: few occur.</summary>
internal sealed class Combinations
{
    private Slot[] _slots = new Slot[1 << 10];
    private int _count;

    /// <summary>The tuple of a combination; false where it was not seen.</summary>
    public bool TryGet(Combination key, out int tuple)
    {
        (ulong low, ulong high) = key.Words;
        tuple = _slots[SlotOf(low, high)].TuplePlusOne - 1;
        return tuple >= 0;
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
        _count = 0;
    }

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

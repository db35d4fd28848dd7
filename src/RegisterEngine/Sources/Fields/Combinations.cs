namespace RegisterEngine.Sources.Fields;

/// <summary>Entries of up to four runs that stand in a row together; those that are not there are 0.</summary>
internal readonly record struct Combination(int First, int Second, int Third, int Fourth);

/// <summary>Remembers the tuple of each combination of entries that was seen: few occur.</summary>
internal sealed class Combinations
{
    private Slot[] _slots = new Slot[1 << 10];
    private int _count;

    /// <summary>The tuple of a combination; false where it was not seen.</summary>
    public bool TryGet(Combination key, out int tuple)
    {
        tuple = _slots[SlotOf(key)].TuplePlusOne - 1;
        return tuple >= 0;
    }

    /// <summary>Remembers a combination that was not seen.</summary>
    public void Add(Combination key, int tuple)
    {
        _slots[SlotOf(key)] = new Slot(key, tuple + 1);
        if (++_count * 2 <= _slots.Length)
            return;
        Slot[] before = _slots;
        _slots = new Slot[before.Length * 2];
        foreach (Slot slot in before)
            if (slot.TuplePlusOne > 0)
                _slots[SlotOf(slot.Key)] = slot;
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        Array.Clear(_slots);
        _count = 0;
    }

    private int SlotOf(Combination key)
    {
        ulong low = ((ulong)(uint)key.First << 32) | (uint)key.Second;
        ulong high = ((ulong)(uint)key.Third << 32) | (uint)key.Fourth;
        ulong hash = (low ^ (high * 0x9E3779B97F4A7C15)) * 0xBF58476D1CE4E5B9;
        int mask = _slots.Length - 1;
        int at = (int)(hash >> 32) & mask;
        while (_slots[at].TuplePlusOne > 0 && _slots[at].Key != key)
            at = (at + 1) & mask;
        return at;
    }

    private readonly record struct Slot(Combination Key, int TuplePlusOne);
}

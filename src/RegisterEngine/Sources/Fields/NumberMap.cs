namespace RegisterEngine.Sources.Fields;

/// <summary>A growing table from 64-bit numbers to entries.</summary>
internal sealed class NumberMap
{
    private (long Number, int EntryPlusOne)[] _slots = new (long, int)[1 << 10];
    private int _count;

    /// <summary>The entry of a number; false where it has none.</summary>
    public bool TryGet(long number, out int entry)
    {
        ref (long Number, int EntryPlusOne) slot = ref _slots[SlotOf(number)];
        entry = slot.EntryPlusOne - 1;
        return slot.EntryPlusOne > 0;
    }

    /// <summary>Gives a number that has none an entry.</summary>
    public void Add(long number, int entry)
    {
        _slots[SlotOf(number)] = (number, entry + 1);
        if (++_count * 2 <= _slots.Length)
            return;
        (long Number, int EntryPlusOne)[] before = _slots;
        _slots = new (long, int)[before.Length * 2];
        foreach ((long known, int entryPlusOne) in before)
            if (entryPlusOne > 0)
                _slots[SlotOf(known)] = (known, entryPlusOne);
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        Array.Clear(_slots);
        _count = 0;
    }

    private int SlotOf(long number)
    {
        int mask = _slots.Length - 1;
        int at = (int)(((ulong)number * 0x9E3779B97F4A7C15) >> 32) & mask;
        while (_slots[at].EntryPlusOne > 0 && _slots[at].Number != number)
            at = (at + 1) & mask;
        return at;
    }
}

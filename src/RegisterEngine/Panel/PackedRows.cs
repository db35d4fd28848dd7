using RegisterEngine.Kernels;

namespace RegisterEngine.Panel;

/// <summary>Employments as columns of the words that a <see cref="PanelRow"/> is made of, in their order.</summary>
internal readonly ref struct PackedRows
{
    /// <summary>The facts: see <see cref="PanelRow"/>.</summary>
    public required ReadOnlySpan<ulong> Facts { get; init; }

    /// <summary>Pay and place of the input.</summary>
    public required ReadOnlySpan<ulong> Pays { get; init; }

    /// <summary>Keys of the persons.</summary>
    public required ReadOnlySpan<long> Persons { get; init; }

    /// <summary>Codes of the units.</summary>
    public required ReadOnlySpan<int> Units { get; init; }

    /// <summary>Codes of the jobs.</summary>
    public required ReadOnlySpan<int> Jobs { get; init; }

    /// <summary>Pays, units and jobs in one word for a compact row, to which the facts belong then: see <see cref="CompactRows"/>.</summary>
    public required ReadOnlySpan<ulong> Joined { get; init; }

    /// <summary>What the shard does not tell of the keys, for compact rows.</summary>
    public required ReadOnlySpan<uint> Rests { get; init; }

    /// <summary>Some of the rows.</summary>
    public PackedRows this[Range rows] => new()
    {
        Facts = Facts[rows],
        Pays = Pays[rows],
        Persons = Persons[rows],
        Units = Units[rows],
        Jobs = Jobs[rows],
        Joined = Joined[rows],
        Rests = Rests[rows],
    };

    /// <summary>Writes the rows in a form, each to a place of its own.</summary>
    public void Write(BlockSlabs slabs, RowForm form, ReadOnlySpan<uint> places)
    {
        if (form.IsCompact)
            slabs.ScatterFive(Facts, Joined, Rests, places);
        else
            slabs.ScatterEight(Facts, Pays, Persons, Units, Jobs, places);
    }
}

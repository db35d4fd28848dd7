using RegisterEngine.Kernels;

namespace RegisterEngine.Regression.Models;

/// <summary>Chooses cells.</summary>
internal static class CellChoice
{
    private const int PartCells = 32768;

    /// <summary>The cells that are wanted, rising.</summary>
    public static int[] Where(int count, Func<int, bool> within)
    {
        int[] places = GC.AllocateUninitializedArray<int>(count);
        int[] found = new int[(count + PartCells - 1) / PartCells];
        Workers.ForParts(count, PartCells, (from, to) =>
        {
            int at = from;
            for (int cell = from; cell < to; cell++)
            {
                places[at] = cell;
                at += within(cell) ? 1 : 0;
            }
            found[from / PartCells] = at - from;
        });
        int all = 0;
        for (int part = 0; part < found.Length; part++)
        {
            places.AsSpan(part * PartCells, found[part]).CopyTo(places.AsSpan(all));
            all += found[part];
        }
        return all == count ? places : places[..all];
    }

    /// <summary>All cells.</summary>
    public static int[] All(int count)
    {
        int[] places = GC.AllocateUninitializedArray<int>(count);
        for (int cell = 0; cell < places.Length; cell++)
            places[cell] = cell;
        return places;
    }

    /// <summary>The values of chosen cells; those of all cells are not copied.</summary>
    public static T[] Among<T>(T[] values, int[] places)
        where T : unmanaged
    {
        if (places.Length == values.Length)
            return values;
        T[] among = HugePages.Allocate<T>(places.Length);
        for (int i = 0; i < among.Length; i++)
            among[i] = values[places[i]];
        return among;
    }
}

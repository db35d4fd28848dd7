using System.Numerics;

namespace RegisterEngine.Kernels;

/// <summary>Blocks of memory that are rented and given back; small ones cut from large slabs, so that the collector sees few objects. All members may be called from any thread.</summary>
internal sealed class BlockPool
{
    private const int LeastSlabBlocks = 1 << 9;
    private const int MostSlabBlocks = 1 << 14;

    // A place of a word has 32 bits.
    private const int MostBlocks = (int)(uint.MaxValue / BlockSlabs.BlockWords);

    private readonly long _budgetBlocks;
    private readonly int _slabBlocks;
    private readonly Lock _renting = new();
    private readonly Stack<int> _free = new();

    // Blocks that have been cut from slabs.
    private int _used;

    /// <summary>Memory for as many blocks as a budget allows.</summary>
    /// <param name="budget">Bytes that they may take, but for those that are rented beyond it.</param>
    public BlockPool(long budget = long.MaxValue)
    {
        // A slab is a small part of what may be taken: 2 to 64 MB.
        _slabBlocks = (int)Math.Clamp((long)BitOperations.RoundUpToPowerOf2((ulong)(budget / BlockSlabs.BlockBytes / 64)), LeastSlabBlocks, MostSlabBlocks);
        Slabs = new BlockSlabs(_slabBlocks);
        _budgetBlocks = Math.Min(budget / BlockSlabs.BlockBytes, MostBlocks);
    }

    /// <summary>The memory of the blocks.</summary>
    public BlockSlabs Slabs { get; }

    /// <summary>A block, or false where the budget allows no more.</summary>
    public bool TryRent(out int block)
    {
        lock (_renting)
        {
            if (_free.TryPop(out block))
                return true;
            if (_used == Slabs.Count && _used + _slabBlocks > _budgetBlocks)
                return false;
            block = Cut();
            return true;
        }
    }

    /// <summary>A block, beyond the budget if need be: for one who cannot wait until another gives one back.</summary>
    /// <exception cref="InsufficientMemoryException">There are as many blocks as can be told apart: 16 GB.</exception>
    public int Rent()
    {
        lock (_renting)
            return _free.TryPop(out int block) ? block : Cut();
    }

    /// <summary>Gives blocks back.</summary>
    public void Return(List<int> blocks)
    {
        lock (_renting)
            foreach (int block in blocks)
                _free.Push(block);
    }

    private int Cut()
    {
        if (_used >= MostBlocks)
            throw new InsufficientMemoryException("Rows and keys in memory take more than 16 GB: give --memory, so that rows go to disk in time.");
        if (_used == Slabs.Count)
            Slabs.Add();
        return _used++;
    }
}

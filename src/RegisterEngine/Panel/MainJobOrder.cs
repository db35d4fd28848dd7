using RegisterEngine.Columns;

namespace RegisterEngine.Panel;

/// <summary>
/// The order in which employments of a person and year are the main job: largest position size, earliest start date (unknown last), smallest workplace, smallest
/// position code, then the other columns in their canonical order (unknown last). A total order on contents; equal employments stand in the order of their inputs.
/// </summary>
internal sealed class MainJobOrder(PanelCodes codes) : IComparer<PanelRow>
{
    // Asked for when the first employments meet that are equal before.
    private int[]? _workplace;
    private int[]? _position;
    private int[]? _municipality;
    private int[]? _workplaceName;
    private int[]? _positionName;
    private int[]? _area;
    private int[]? _form;

    /// <summary>Negative where <paramref name="x"/> comes before <paramref name="y"/>.</summary>
    public int Compare(PanelRow x, PanelRow y)
    {
        int order = y.SizeThenStart.CompareTo(x.SizeThenStart);
        return order != 0 ? order : CompareContents(x, y);
    }

    private int CompareContents(PanelRow x, PanelRow y)
    {
        int order = Compare(ref _workplace, RegisterColumn.Workplace, x.Unit, y.Unit);
        if (order == 0)
            order = Compare(ref _position, RegisterColumn.PositionCode, x.Job, y.Job);
        if (order == 0)
            order = OrLast(x.BirthYear).CompareTo(OrLast(y.BirthYear));
        if (order == 0)
            order = OrLast((int)x.Sex).CompareTo(OrLast((int)y.Sex));
        if (order == 0)
            order = Compare(ref _municipality, RegisterColumn.Municipality, x.Unit, y.Unit);
        if (order == 0)
            order = Compare(ref _workplaceName, RegisterColumn.WorkplaceName, x.Unit, y.Unit);
        if (order == 0)
            order = Compare(ref _positionName, RegisterColumn.PositionName, x.Job, y.Job);
        if (order == 0)
            order = Compare(ref _area, RegisterColumn.ServiceArea, x.Job, y.Job);
        if (order == 0)
            order = Compare(ref _form, RegisterColumn.EmploymentForm, x.Job, y.Job);
        if (order == 0)
            order = (x.Pay ?? long.MaxValue).CompareTo(y.Pay ?? long.MaxValue);
        return order != 0 ? order : x.Origin.CompareTo(y.Origin);
    }

    private int Compare(ref int[]? ranks, RegisterColumn column, int x, int y)
    {
        ranks ??= codes.RanksOf(column);
        return ranks[x].CompareTo(ranks[y]);
    }

    private static int OrLast(int value) => value == 0 ? int.MaxValue : value;
}

//! Pages of lists.

/// Cuts rows down to those of a page. One more than `size` was read if there is one, which tells that others follow: then the
/// answer is the `key` of the page's last row, behind which they begin.
pub fn cut_page<T, K>(rows: &mut Vec<T>, size: i64, key: impl FnOnce(&T) -> K) -> Option<K> {
    let size = usize::try_from(size).unwrap_or(0);
    let others_follow = rows.len() > size;
    rows.truncate(size);
    rows.last().filter(|_| others_follow).map(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_more_than_fits_tells_that_others_follow() {
        let page = |count: i32| {
            let mut rows: Vec<i32> = (1..=count).collect();
            let next = cut_page(&mut rows, 2, |row| *row);
            (rows, next)
        };
        assert_eq!([page(0), page(2), page(3)], [(vec![], None), (vec![1, 2], None), (vec![1, 2], Some(2))]);
    }
}

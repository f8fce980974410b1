-- What one person did last: what undo and redo offer after a page was loaded again.
create index change_of_actor on changes.change (org_id, (actor ->> 'userId'), seq);

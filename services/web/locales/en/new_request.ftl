new-title = New placement request
new-title-draft = Edit request { $reference }
new-lead = Choose the course and the dates: places with room appear as you go.
new-lead-quick-entry = Quick entry: you enter the request of a school that does not use Tandem.
new-not-yours = Asking for a placement is for schools and coordinators.
new-not-saved = The request is not saved: see the marked fields. Nothing that you typed is lost.
new-what = 1. The placement
new-who-when = 2. Who and when
new-where = 3. The place
new-words = 4. More
new-school = School
new-program = Program
new-program-first = Choose the program first
new-course = Course
new-type = Placement type
new-hours = Hours per student
new-choose = Choose…
new-kind = Kind of placement
new-students = Number of students
new-start = First day
new-end = Last day
new-shift = Shift code
new-shift-hint = Such as D8, E8 or N12.
new-days = Days
new-days-hint = None ticked: various days.
new-find = Find a place
new-look = Show places
new-look-courses = Show courses
new-dates-first = Give the dates to see where there is room.
new-place-kept = The place you chose is kept; it is shown again as soon as the dates are right.
new-no-place = No place matches this search. Try another name, or other dates.
new-non-user = does not use Tandem
new-nothing-fits = No room on these dates
new-fitting = { $count ->
    [one] { $count } destination has room
   *[other] { $count } destinations have room
}
new-units = Ask for one destination
new-free-places = { $free } of { $capacity } places free, { $pending } asked for
new-more-places = { $count ->
    [one] And { $count } more place: narrow the search.
   *[other] And { $count } more places: narrow the search.
}
new-comment = Words for the place
new-comment-hint = No personal information about students.
new-release = Hold until the common release date
new-release-hint = The request goes out by itself on that day, which gives all schools the same chance.
new-send = Save and send
new-save = Save draft
new-send-hint = Once sent, the request reaches the receiving coordinator. A draft is seen by the school alone.
new-enter = Save the request
new-enter-hint = It is in your inbox at once, to be dealt with like the others.
new-leave = Go back without saving
done-saved = Request { $subject } is saved.
done-sent = Request { $subject } is sent.
done-quick-entry = Request { $subject } is entered and awaits you in the inbox.
